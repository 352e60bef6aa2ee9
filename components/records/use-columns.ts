"use client";

import { useMutation } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { printView } from "@/components/query/view-text";
import { isRefused, useUnsaved } from "@/components/saving/use-unsaved";
import { toast } from "@/components/ui/toaster";
import { type ColumnState, changedView, columnsOf } from "@/components/ui/virtual-table";
import { type ColumnView, columnView } from "@/contracts/views";
import { LASTING, problemOf, useTRPC } from "@/trpc/client";
import { goldColumns } from "./record-columns";
import { useRecordsView } from "./records-context";

/** Milliseconds without a change after which a view is written. */
const PAUSE = 500;
const asItComes = columnView.parse({});
const readView = (json: unknown): ColumnView => columnView.parse(json);

type UseColumnsInput = {
  /** What the reader kept before. */
  kept: ColumnView | null;
  /** What the address says; it goes before what was kept, and changes to it stay in the address. */
  shared: ColumnView | null;
  onShared: (view: ColumnView | null) => void;
};

export type ColumnsOfRecords = {
  state: ColumnState;
  view: ColumnView;
  /** The columns stand as in somebody's link. */
  isShared: boolean;
  /** Makes the columns of the link the reader's own. */
  keep: () => void;
  /** Back to the reader's own columns, away from those of the link. */
  leave: () => void;
  /** The columns as the table has them from the start. */
  reset: () => void;
};

/** The columns as the reader arranged them: remembered on the server for each person and project. */
export function useColumns({ kept, shared, onShared }: UseColumnsInput): ColumnsOfRecords {
  const { me, project, vocabulary } = useRecordsView();
  const gold = useMemo(() => goldColumns(vocabulary), [vocabulary]);
  const trpc = useTRPC();
  const [own, setOwn] = useState(kept ?? asItComes);
  const unsaved = useUnsaved({
    name: `${me.id}|${project.id}|columns`,
    read: readView,
    onLeft: (left) => {
      setOwn(left);
      save(left);
    },
  });
  const { mutate } = useMutation(
    trpc.projects.putViewSetting.mutationOptions({
      trpc: LASTING,
      onSuccess: (_, { view }) => unsaved.settle(readView(view)),
      onError: (error, { view }) => {
        if (isRefused(error)) unsaved.settle(readView(view));
        toast.error(`Your columns were not kept: ${problemOf(error).detail}`);
      },
    }),
  );
  const save = (next: ColumnView) => mutate({ project: project.slug, screen: "records", view: next });
  const sharedText = shared === null ? null : printView(shared);
  const [draft, setDraft] = useState({ from: sharedText, view: shared });
  // Another link was opened, or left: what was changed of the last one is no more.
  if (draft.from !== sharedText) setDraft({ from: sharedText, view: shared });
  const isShared = shared !== null;
  const view = (isShared ? draft.view : null) ?? own;

  const newest = useRef(view);
  useEffect(() => {
    newest.current = view;
  }, [view]);
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const write = useEffectEvent((next: ColumnView) => {
    waiting.current = undefined;
    if (isShared) onShared(next);
    else save(next);
  });
  const writeLast = useEffectEvent(() => {
    if (waiting.current === undefined) return;
    clearTimeout(waiting.current);
    write(newest.current);
  });
  const onHide = useEffectEvent(() => {
    if (!isShared) writeLast();
  });
  useEffect(() => {
    const hide = () => onHide();
    window.addEventListener("pagehide", hide);
    return () => {
      window.removeEventListener("pagehide", hide);
      writeLast();
    };
  }, []);

  const [changed, setChanged] = useState<ColumnView | null>(null);
  useEffect(() => {
    if (changed === null) return;
    waiting.current = setTimeout(() => write(changed), PAUSE);
    return () => clearTimeout(waiting.current);
  }, [changed]);

  function change(next: ColumnView) {
    newest.current = next;
    if (isShared) setDraft({ from: sharedText, view: next });
    else {
      setOwn(next);
      unsaved.keep(next);
    }
    setChanged(next);
  }

  const columns = useMemo(() => columnsOf(view, gold), [view, gold]);
  const state: ColumnState = {
    ...columns,
    set: (key, updater) => change(changedView(newest.current, key, updater)),
  };

  return {
    state,
    view,
    isShared,
    keep: () => {
      setOwn(view);
      setChanged(null);
      unsaved.keep(view);
      save(view);
      onShared(null);
    },
    leave: () => onShared(null),
    reset: () => change(asItComes),
  };
}
