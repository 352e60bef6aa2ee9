"use client";

import { MessageSquare } from "lucide-react";
import { DiscussionBadges } from "@/components/discussions/discussion-badges";
import { FlagButton } from "@/components/discussions/flag-button";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { useKeyNames } from "@/components/ui/keys/keys-context";
import type { SessionItem } from "@/contracts/sessions";
import { ItemThread } from "./item-thread";
import { useSessionDiscussion } from "./session-discussion-context";

type ItemProps = { item: SessionItem };

/** In a row: how much was said about its record. */
export function NotesCell({ item }: ItemProps) {
  const { countsOf } = useSessionDiscussion();
  return <DiscussionBadges counts={countsOf(item.recordId)} />;
}

/** Comment on the item's record, or flag it. */
export function DiscussionButtons({ item }: ItemProps) {
  const { countsOf, openThread } = useSessionDiscussion();
  const namesOf = useKeyNames();
  const comments = countsOf(item.recordId)?.comments ?? 0;
  return (
    <span className="flex shrink-0 items-center gap-1">
      <Button size="sm" variant="ghost" onClick={openThread} aria-keyshortcuts={namesOf("work.comment")[0]}>
        <MessageSquare aria-hidden />
        {comments === 0 ? "Comment" : `${comments} comment${comments === 1 ? "" : "s"}`}
        <Kbd className="max-sm:hidden">{namesOf("work.comment")[0]}</Kbd>
      </Button>
      <ItemFlag item={item} />
    </span>
  );
}

function ItemFlag({ item: { recordId } }: ItemProps) {
  const { sessionId, label, countsOf, flagging, onFlaggingChange } = useSessionDiscussion();
  const namesOf = useKeyNames();
  return (
    <FlagButton
      recordId={recordId}
      counts={countsOf(recordId)}
      sessionId={sessionId}
      label={label}
      open={flagging}
      onOpenChange={onFlaggingChange}
      keys={namesOf("work.flag")[0]}
    />
  );
}

/** Below the options of one record, large: its flags, and its comments where there are some or one is written. */
export function ItemDiscussion({ item }: ItemProps) {
  const { countsOf, writing } = useSessionDiscussion();
  const counts = countsOf(item.recordId);
  const isQuiet = !writing && (counts?.comments ?? 0) === 0 && (counts?.openFlags ?? 0) === 0;
  return (
    <section aria-label="Discussion" className="mt-6 border-t pt-2">
      <DiscussionButtons item={item} />
      {isQuiet ? null : (
        <div className="mt-2">
          <ItemThread item={item} />
        </div>
      )}
    </section>
  );
}
