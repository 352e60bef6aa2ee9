import type { AnswerSpan } from "@/contracts/annotating";

/** Names spans on a page, so that one stays the selected one while its borders move. */
export type SpanIds = {
  of(label: string, place: Place): string;
  moved(label: string, from: Place, to: Place): void;
};
type Place = Pick<AnswerSpan, "start" | "end">;

export function createSpanIds(): SpanIds {
  const names = new Map<string, string>();
  const keyOf = (label: string, { start, end }: Place) => JSON.stringify([label, start, end]);
  let given = 0;
  function of(label: string, place: Place): string {
    const key = keyOf(label, place);
    const name = names.get(key) ?? `span ${++given}`;
    names.set(key, name);
    return name;
  }
  return {
    of,
    moved(label, from, to) {
      const id = of(label, from);
      names.delete(keyOf(label, from));
      names.set(keyOf(label, to), id);
    },
  };
}
