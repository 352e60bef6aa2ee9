import { ScrollBox } from "@/components/ui/scroll-box";
import type { SessionItem } from "@/contracts/sessions";

/** The whole text of the row that has the keyboard: a row shows only its beginning. Always of one height. */
export function ReadingPane({ item }: { item: SessionItem }) {
  return (
    <ScrollBox
      key={item.annotationId}
      label={`Text of ${item.externalId}`}
      className="h-20 shrink-0 border-t bg-canvas px-4 py-2"
    >
      <p className="record-text">{item.content}</p>
    </ScrollBox>
  );
}
