"use client";

import { useMemo } from "react";
import { FlagButton } from "@/components/discussions/flag-button";
import { RecordDiscussion, useWriting } from "@/components/discussions/record-discussion";
import { RecordFlags } from "@/components/discussions/record-flags";
import { useDiscussionCounts } from "@/components/discussions/use-discussion-counts";
import { Section } from "@/components/ui/section";

type DrawerDiscussionProps = {
  recordId: string;
  writing: boolean;
  onWritingChange: (writing: boolean) => void;
};

/** What was said about the record in the drawer. */
export function DrawerDiscussion({ recordId, writing, onWritingChange }: DrawerDiscussionProps) {
  const counts = useDiscussionCounts(useMemo(() => [recordId], [recordId])).get(recordId);
  const [flagging, onFlaggingChange] = useWriting(recordId);
  return (
    <Section
      title="Discussion"
      actions={
        <FlagButton recordId={recordId} counts={counts} open={flagging} onOpenChange={onFlaggingChange} />
      }
    >
      <RecordFlags recordId={recordId} counts={counts} />
      <RecordDiscussion
        key={recordId}
        recordId={recordId}
        writing={writing}
        onWritingChange={onWritingChange}
      />
    </Section>
  );
}
