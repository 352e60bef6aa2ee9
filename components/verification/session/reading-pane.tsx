import { ScrollBox } from "@/components/ui/scroll-box";
import type { SessionItem } from "@/contracts/sessions";
import { DiscussionButtons } from "./discussion/item-discussion";
import { isSpanItem } from "./spans/session-spans";
import { SpanPreview } from "./spans/span-preview";
import { MatchedText } from "./text-match/matched-text";

/** The whole text of the row that has the keyboard: a row shows only its beginning. Always of one height. */
export function ReadingPane({ item }: { item: SessionItem }) {
  return (
    <div className="flex h-20 shrink-0 border-t bg-canvas max-sm:h-28 max-sm:flex-col">
      <ScrollBox
        key={item.annotationId}
        label={`Text of ${item.externalId}`}
        className="min-h-0 min-w-0 flex-1 px-4 py-2"
      >
        {isSpanItem(item) ? (
          <SpanPreview item={item} />
        ) : (
          <p className="record-text">
            <MatchedText text={item.content} />
          </p>
        )}
      </ScrollBox>
      <div className="shrink-0 px-3 py-1.5">
        <DiscussionButtons item={item} />
      </div>
    </div>
  );
}
