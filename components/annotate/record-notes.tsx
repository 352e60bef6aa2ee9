"use client";

import { MessageSquare } from "lucide-react";
import { useDiscussionReader } from "@/components/discussions/discussion-context";
import { FlagButton } from "@/components/discussions/flag-button";
import { RecordDiscussion, useWriting } from "@/components/discussions/record-discussion";
import { RecordFlags } from "@/components/discussions/record-flags";
import { useDiscussionCounts } from "@/components/discussions/use-discussion-counts";
import { useDiscussionKeys } from "@/components/discussions/use-discussion-keys";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { useKeyNames } from "@/components/ui/keys/keys-context";

type RecordNotesInput = {
  recordIds: readonly string[];
  /** The one in focus. */
  recordId: string | null;
  /** Brings the record's notes into sight. */
  show: () => void;
};

/** What is said about the records on the page, and the keys that comment on the one in focus and flag it. */
export function useRecordNotes({ recordIds, recordId, show }: RecordNotesInput) {
  const { may } = useDiscussionReader();
  const counts = useDiscussionCounts(recordIds);
  const [writing, onWritingChange] = useWriting(recordId);
  const [flagging, onFlaggingChange] = useWriting(recordId);
  const enabled = may("discussions:write") && recordId !== null;
  const comment = () => {
    show();
    onWritingChange(true);
  };
  useDiscussionKeys({
    enabled,
    onComment: comment,
    onFlag() {
      show();
      onFlaggingChange(true);
    },
  });
  return { counts, enabled, comment, writing, onWritingChange, flagging, onFlaggingChange };
}

type RecordNotesProps = { recordId: string; notes: ReturnType<typeof useRecordNotes> };

/** Below the labels: the record's flags and comments, where there are some or one is written. */
export function RecordNotes({ recordId, notes }: RecordNotesProps) {
  const namesOf = useKeyNames();
  const counts = notes.counts.get(recordId);
  const comments = counts?.comments ?? 0;
  const isQuiet = !notes.writing && comments === 0 && (counts?.openFlags ?? 0) === 0;
  if (isQuiet && !notes.enabled) return null;
  return (
    <section aria-label="Discussion" className="mt-6 border-t pt-2">
      {notes.enabled ? (
        <span className="flex items-center gap-1">
          <Button size="sm" variant="ghost" onClick={notes.comment}>
            <MessageSquare aria-hidden />
            {comments === 0 ? "Comment" : `${comments} comment${comments === 1 ? "" : "s"}`}
            <Kbd className="max-sm:hidden">{namesOf("work.comment")[0]}</Kbd>
          </Button>
          <FlagButton
            recordId={recordId}
            counts={counts}
            open={notes.flagging}
            onOpenChange={notes.onFlaggingChange}
            keys={namesOf("work.flag")[0]}
          />
        </span>
      ) : null}
      {isQuiet ? null : (
        <div className="mt-2">
          <RecordFlags recordId={recordId} counts={counts} />
          <RecordDiscussion
            recordId={recordId}
            writing={notes.writing}
            onWritingChange={notes.onWritingChange}
          />
        </div>
      )}
    </section>
  );
}
