"use client";

import { RecordDiscussion } from "@/components/discussions/record-discussion";
import { RecordFlags } from "@/components/discussions/record-flags";
import type { SessionItem } from "@/contracts/sessions";
import { useSessionDiscussion } from "./session-discussion-context";

/** Open flags and comments of an item's record, and the field. */
export function ItemThread({ item: { recordId } }: { item: SessionItem }) {
  const { sessionId, label, countsOf, writing, onWritingChange } = useSessionDiscussion();
  const counts = countsOf(recordId);
  return (
    <>
      <RecordFlags recordId={recordId} counts={counts} />
      <RecordDiscussion
        key={recordId}
        recordId={recordId}
        sessionId={sessionId}
        label={label}
        writing={writing}
        onWritingChange={onWritingChange}
      />
    </>
  );
}
