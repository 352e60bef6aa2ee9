import { type ColumnView, columnView } from "@/contracts/views";

/**
 * How columns stand, as the part of an address that a colleague opens: `o` order, `h` hidden, `s` shown, `f` frozen, `w`
 * widths, each as `letter.id.id…`, joined by `~`. What stands as the table has it is left out.
 */
export function printView({ order, hidden, shown, frozen, widths }: ColumnView): string {
  const sized = Object.entries(widths).flatMap(([id, width]) => [id, String(width)]);
  return [
    ["o", ...order],
    ["h", ...hidden],
    ["s", ...shown],
    ["f", ...frozen],
    ["w", ...sized],
  ]
    .filter((part) => part.length > 1)
    .map((part) => part.map(escaped).join("."))
    .join("~");
}

/** The view that {@link printView} wrote; null for any other text. */
export function readView(text: string): ColumnView | null {
  const view: { [Key in keyof ColumnView]?: unknown } = {};
  for (const part of text.split("~").filter((one) => one !== "")) {
    const [letter, ...values] = part.split(".").map(unescaped);
    if (letter === "o") view.order = values;
    else if (letter === "h") view.hidden = values;
    else if (letter === "s") view.shown = values;
    else if (letter === "f") view.frozen = values;
    else if (letter === "w") view.widths = widthsOf(values);
    else return null;
  }
  return columnView.safeParse(view).data ?? null;
}

function widthsOf(values: readonly string[]): Record<string, number> {
  const ids = values.filter((_, at) => at % 2 === 0);
  return Object.fromEntries(ids.map((id, at) => [id, Number(values[2 * at + 1])]));
}

const marks = [
  ["!", "!0"],
  ["~", "!1"],
  [".", "!2"],
] as const;
const escaped = (text: string): string =>
  text.replace(/[!~.]/g, (mark) => marks.find(([one]) => one === mark)?.[1] ?? mark);
const unescaped = (text: string): string =>
  text.replace(/![012]/g, (mark) => marks.find(([, other]) => other === mark)?.[0] ?? mark);
