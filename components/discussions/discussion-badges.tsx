import { Flag, MessageSquare } from "lucide-react";
import type { DiscussionCounts } from "@/contracts/discussions";
import { countWords } from "./words";

/** In a row: how much was said about its record. Nothing when nothing was. */
export function DiscussionBadges({ counts }: { counts: DiscussionCounts | undefined }) {
  if (!counts || (counts.comments === 0 && counts.openFlags === 0)) return null;
  const words = countWords(counts);
  return (
    <span className="tabular flex items-center gap-2 text-muted text-xs" title={words}>
      <span className="sr-only">{words}</span>
      {counts.comments > 0 ? (
        <span aria-hidden className="flex items-center gap-1">
          <MessageSquare className="size-3" />
          {counts.comments}
        </span>
      ) : null}
      {counts.openFlags > 0 ? (
        <span aria-hidden className="flex items-center gap-1 text-warn">
          <Flag className="size-3" />
          {counts.openFlags}
        </span>
      ) : null}
    </span>
  );
}
