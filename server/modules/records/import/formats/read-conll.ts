import { type ConllBlock, ConllReader } from "@/server/modules/peers";
import { AppError } from "@/server/platform/errors";
import type { RowReader } from "../row-reader";
import type { SourceRow } from "../source-row";
import { readLabelled } from "./cell-rows";

/** The sentences of a CoNLL file, in groups; a row's line is that of its first token or comment. */
export async function* readConll(
  chunks: AsyncIterable<string>,
  given: RowReader,
): AsyncGenerator<SourceRow[]> {
  if (!given.readRow) {
    const message = "A CoNLL file brings labels: say kind=labels";
    throw new AppError("invalid_mapping", `${message}.`, { errors: [{ path: "kind", message }] });
  }
  const reader = new ConllReader();
  let ordinal = 0;
  const read = ({ line, lines, columns, cut }: ConllBlock): SourceRow => {
    ordinal += 1;
    if (cut) return { line, code: "too_long", message: "The sentence is far longer than a text may be." };
    return readLabelled(given, {
      line,
      ordinal,
      values: new Map([
        ["lines", lines],
        ["columns", columns],
      ]),
    });
  };
  for await (const chunk of chunks) yield [...reader.push(chunk)].map(read);
  yield [...reader.end()].map(read);
}
