import { Kbd } from "@/components/ui/kbd";
import { ScrollBox } from "@/components/ui/scroll-box";
import type { SessionItem } from "@/contracts/sessions";
import { DiscussionButtons } from "./discussion/item-discussion";
import { useRowView } from "./session-context";
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
      <div className="flex shrink-0 flex-col items-end gap-1 px-3 py-1.5">
        <DiscussionButtons item={item} />
        <OptionKeys />
      </div>
    </div>
  );
}

/** Which key is which option, where no button says it. */
function OptionKeys() {
  const { options } = useRowView();
  const keyed = options.flatMap(({ key, text }) => (key ? [{ key: key.toUpperCase(), text }] : []));
  return (
    <ul
      aria-label="Keys"
      className="flex max-h-9 max-w-md flex-wrap justify-end gap-x-3 gap-y-0.5 overflow-hidden text-faint text-xs max-md:hidden"
    >
      {[...keyed, { key: "0", text: "can't tell" }, { key: "Enter", text: "confirm" }].map(
        ({ key, text }) => (
          <li key={key} className="flex items-center gap-1 whitespace-nowrap">
            <Kbd>{key}</Kbd>
            <span className="max-w-32 truncate">{text}</span>
          </li>
        ),
      )}
    </ul>
  );
}
