"use client";

import { useMutation } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useCallback, useEffect, useMemo, useState } from "react";
import type { Disagreement, ReconciliationNews, ReconcilingPresence } from "@/contracts/reconciliations";
import { useTRPC } from "@/trpc/client";
import type { Disagreements } from "./use-disagreements";

type Look = ReconcilingPresence & { at: number };
type WhoLooksInput = {
  project: string;
  label: string;
  /** What I look at. */
  item: Disagreement | undefined;
  /** Viewers see who is here and are not seen themselves. */
  mayDecide: boolean;
  list: Disagreements;
};

/** A look is told again so often while it lasts … */
const REPEAT_MS = 25_000;
/** … and forgotten when it was not. */
const FORGET_MS = 60_000;
/** Who only passes by is not told; of all who come meanwhile, one word is enough. */
const SETTLE_MS = 400;

/** Follows the stream: what others decide is read at once, and where they look is told, as mine is to them. */
export function useWhoLooks({ project, label, item, mayDecide, list }: WhoLooksInput): Look[] {
  const trpc = useTRPC();
  /** Somebody has come, who is to be told. */
  const [answering, setAnswering] = useState(false);
  const [looks, setLooks] = useState<ReadonlyMap<string, Look>>(new Map());
  const { mutate: tell } = useMutation(trpc.reconciliations.look.mutationOptions());
  const { recordId = null, start, end } = item ?? {};
  const tellLook = useCallback(() => {
    if (!mayDecide || document.visibilityState !== "visible") return;
    tell({ project, label, recordId, start, end });
  }, [tell, project, label, mayDecide, recordId, start, end]);

  useEffect(() => {
    const soon = setTimeout(tellLook, SETTLE_MS);
    return () => clearTimeout(soon);
  }, [tellLook]);
  useEffect(() => {
    if (!answering) return;
    const soon = setTimeout(() => {
      setAnswering(false);
      tellLook();
    }, SETTLE_MS);
    return () => clearTimeout(soon);
  }, [answering, tellLook]);
  useEffect(() => {
    const again = setInterval(() => {
      tellLook();
      setLooks(forget);
    }, REPEAT_MS);
    return () => clearInterval(again);
  }, [tellLook]);

  const onData = ({ recordIds, looks: heard, arrived, gap }: ReconciliationNews) => {
    if (gap) list.reload();
    else if (recordIds.length > 0) void list.refresh(recordIds);
    // Who has just come is told who was here before.
    if (arrived) setAnswering(true);
    if (heard.length === 0) return;
    setLooks((now) => {
      const next = new Map(forget(now));
      for (const look of heard) next.set(look.person.id, { ...look, at: Date.now() });
      return next;
    });
  };
  useSubscription(trpc.reconciliations.watch.subscriptionOptions({ project, label }, { onData }));
  return useMemo(() => [...looks.values()].filter(({ recordId }) => recordId !== null), [looks]);
}

const forget = (looks: ReadonlyMap<string, Look>): ReadonlyMap<string, Look> =>
  [...looks.values()].some(({ at }) => Date.now() - at > FORGET_MS)
    ? new Map([...looks].filter(([, { at }]) => Date.now() - at <= FORGET_MS))
    : looks;
