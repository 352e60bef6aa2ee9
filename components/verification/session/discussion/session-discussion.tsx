"use client";

import { type ReactNode, useMemo, useState } from "react";
import { useDiscussionReader } from "@/components/discussions/discussion-context";
import { useWriting } from "@/components/discussions/record-discussion";
import { useDiscussionCounts } from "@/components/discussions/use-discussion-counts";
import { useDiscussionKeys } from "@/components/discussions/use-discussion-keys";
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
  const recordIds = useMemo(() => rows.map(({ recordId }) => recordId), [rows]);
  const counts = useDiscussionCounts(recordIds, sessionId);
  const recordId = item?.recordId ?? null;
  const [writing, onWritingChange] = useWriting(recordId);
  const [flagging, onFlaggingChange] = useWriting(recordId);
  const [sheet, setSheet] = useState(false);
  const openThread = () => {
    if (recordId === null) return;
    if (view === "table") setSheet(true);
    onWritingChange(may("discussions:write"));
  };
  useDiscussionKeys({
    enabled: may("discussions:write") && recordId !== null,
    onComment: openThread,
    onFlag: () => onFlaggingChange(true),
  });
  const discussion: SessionDiscussion = {
    sessionId,
    label,
    countsOf: (id) => counts.get(id),
    writing,
    onWritingChange,
    flagging,
    onFlaggingChange,
    openThread,
  };
  return (
    <SessionDiscussionContext value={discussion}>
      {children}
      {view === "table" && sheet && item ? (
        <DiscussionSheet item={item} onClose={() => setSheet(false)} />
      ) : null}
    </SessionDiscussionContext>
  );
}
