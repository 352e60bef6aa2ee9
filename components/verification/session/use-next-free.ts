"use client";

import { useMutation } from "@tanstack/react-query";
import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import { toast } from "@/components/ui/toaster";
import type { SessionItem } from "@/contracts/sessions";
import { problemOf, useTRPC, useTRPCClient } from "@/trpc/client";

/** A third of a lease: two beats may be lost. */
const BEAT = 20_000;

type NextFreeInput = {
  project: string;
  sessionId: string;
  rows: readonly SessionItem[];
  after: { hasMore: boolean; loading: boolean; load: () => void };
  focusedId: string | null;
  focus: (annotationId: string) => void;
};

export type NextFree = {
  takeNext: () => void;
  /** Does it now, or with the record that is on its way: a key pressed after `takeNext` is never for the one before. */
  whenThere: (act: () => void) => void;
};

type Held = { leaseId: string; recordId: string; annotationId: string };

/**
 * Takes the next record that nobody has decided and nobody else holds. It is held while it is looked at: a beat
 * prolongs the lease, a decision or a look elsewhere ends it.
 */
export function useNextFree({ project, sessionId, rows, after, focusedId, focus }: NextFreeInput): NextFree {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [held, setHeld] = useState<Held | null>(null);
  const focused = rows.find((row) => row.annotationId === focusedId);
  const next = useMutation(
    trpc.sessions.next.mutationOptions({
      onSuccess: (given) => {
        setHeld(
          given && {
            leaseId: given.lease.id,
            recordId: given.item.recordId,
            annotationId: given.item.annotationId,
          },
        );
        if (!given) toast("Nothing is free: others have what is left");
      },
      onError: (error) => toast.error(problemOf(error).detail),
    }),
  );

  const isShown = held !== null && rows.some((row) => row.annotationId === held.annotationId);
  const show = useEffectEvent((annotationId: string) => focus(annotationId));
  useEffect(() => {
    if (held && isShown) show(held.annotationId);
  }, [held, isShown]);
  const { hasMore, loading, load } = after;
  useEffect(() => {
    if (held === null || isShown || loading) return;
    if (hasMore) load();
    else {
      toast("The next free label is hidden by the filter");
      setHeld(null);
    }
  }, [held, isShown, hasMore, loading, load]);

  const leaseId = held?.leaseId;
  useEffect(() => {
    if (leaseId === undefined) return;
    const beat = setInterval(() => {
      client.sessions.keepLease.mutate({ project, id: leaseId }).catch(() => setHeld(null));
    }, BEAT);
    return () => {
      clearInterval(beat);
      // A lease that isn't given back runs out by itself.
      client.sessions.giveBack.mutate({ project, id: leaseId }).catch(() => undefined);
    };
  }, [client, project, leaseId]);
  const isThere = held !== null && focused?.recordId === held.recordId;
  useEffect(() => {
    if (!isThere) return;
    // What was looked at is given back by a look elsewhere; by then another one may be held.
    return () => setHeld((now) => (now?.leaseId === leaseId ? null : now));
  }, [leaseId, isThere]);

  const { mutate, isPending } = next;
  const recordId = focused?.recordId;
  const [from, setFrom] = useState<string | null>(null);
  const takeNext = useCallback(() => {
    if (isPending) return;
    setFrom(focusedId);
    mutate({ project, id: sessionId, ...(recordId ? { skip: [recordId] } : {}) });
  }, [mutate, isPending, project, sessionId, recordId, focusedId]);
  // Who goes elsewhere meanwhile waits for nothing any more.
  const isOnItsWay = isPending || (held !== null && !isThere && focusedId === from);
  return { takeNext, whenThere: useWhenThere(isOnItsWay, isThere ? held.leaseId : null) };
}

/**
 * Keeps the last act while something is on its way, and does it once that is there.
 * @param there what is there now; when it is still the same in the end, nothing came, and the act is dropped
 */
function useWhenThere(isOnItsWay: boolean, there: string | null): NextFree["whenThere"] {
  const kept = useRef<{ act: () => void; before: string | null } | null>(null);
  useEffect(() => {
    if (isOnItsWay || !kept.current) return;
    const { act, before } = kept.current;
    kept.current = null;
    if (there !== null && there !== before) act();
  }, [isOnItsWay, there]);
  return (act) => {
    if (isOnItsWay) kept.current = { act, before: there };
    else act();
  };
}
