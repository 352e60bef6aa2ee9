"use client";

import { useMemo } from "react";
import { useHotkeys } from "react-hotkeys-hook";
import { useDiscussionReader } from "@/components/discussions/discussion-context";
import { FlagButton } from "@/components/discussions/flag-button";
import { RecordDiscussion, useWriting } from "@/components/discussions/record-discussion";
import { RecordFlags } from "@/components/discussions/record-flags";
import { useDiscussionCounts } from "@/components/discussions/use-discussion-counts";
import { Section } from "@/components/ui/section";

const FLOATING = "[role=menu],[role=listbox],[data-radix-popper-content-wrapper]";

/** What was said about the record in the drawer; C writes a comment, as J and K move. */
export function DrawerDiscussion({ recordId }: { recordId: string }) {
  const { may } = useDiscussionReader();
  const counts = useDiscussionCounts(useMemo(() => [recordId], [recordId])).get(recordId);
  const [writing, onWritingChange] = useWriting(recordId);
  const [flagging, onFlaggingChange] = useWriting(recordId);
  useHotkeys(
    "c",
    () => onWritingChange(true),
    {
      useKey: true,
      preventDefault: true,
      enabled: may("discussions:write"),
      ignoreEventWhen: ({ target, defaultPrevented }) =>
        defaultPrevented || (target instanceof Element && target.closest(FLOATING) !== null),
    },
    [onWritingChange],
  );
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
