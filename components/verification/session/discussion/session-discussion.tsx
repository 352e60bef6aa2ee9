"use client";

import { type ReactNode, useMemo, useState } from "react";
import { useDiscussionReader } from "@/components/discussions/discussion-context";
import { useWriting } from "@/components/discussions/record-discussion";
import { useDiscussionCounts } from "@/components/discussions/use-discussion-counts";
import { useDiscussionKeys } from "@/components/discussions/use-discussion-keys";
import { useSameList } from "@/components/ui/use-same-list";
import { useSteady } from "@/components/ui/use-steady";
import type { SessionItem } from "@/contracts/sessions";
import { DiscussionSheet } from "./discussion-sheet";
import { type SessionDiscussion, SessionDiscussionContext } from "./session-discussion-context";

type SessionDiscussionProviderProps = {
  sessionId: string;
  label: string;
  rows: readonly SessionItem[];
  /** The row that has the keyboard. */
  item: SessionItem | undefined;
  view: "table" | "focus";
  children: ReactNode;
};

/** What is said about the records of a session: counts for its rows, the thread of the row that has the keyboard. */
export function SessionDiscussionProvider(props: SessionDiscussionProviderProps) {
  const { sessionId, label, rows, item, view, children } = props;
  const { may } = useDiscussionReader();
  const recordIds = useSameList(useMemo(() => rows.map(({ recordId }) => recordId), [rows]));
  const counts = useDiscussionCounts(recordIds, sessionId);
  const recordId = item?.recordId ?? null;
  const [writing, setWriting] = useWriting(recordId);
  const [flagging, setFlagging] = useWriting(recordId);
  const onWritingChange = useSteady(setWriting);
  const onFlaggingChange = useSteady(setFlagging);
  const [sheet, setSheet] = useState(false);
  const openThread = useSteady(() => {
    if (recordId === null) return;
    if (view === "table") setSheet(true);
    onWritingChange(may("discussions:write"));
  });
  useDiscussionKeys({
    enabled: may("discussions:write") && recordId !== null,
    onComment: openThread,
    onFlag: () => onFlaggingChange(true),
  });
  // Each row's cell draws from it: the same until something of it changes.
  const discussion = useMemo<SessionDiscussion>(
    () => ({
      sessionId,
      label,
      countsOf: (id) => counts.get(id),
      writing,
      onWritingChange,
      flagging,
      onFlaggingChange,
      openThread,
    }),
    [sessionId, label, counts, writing, onWritingChange, flagging, onFlaggingChange, openThread],
  );
  return (
    <SessionDiscussionContext value={discussion}>
      {children}
      {view === "table" && sheet && item ? (
        <DiscussionSheet item={item} onClose={() => setSheet(false)} />
      ) : null}
    </SessionDiscussionContext>
  );
}
