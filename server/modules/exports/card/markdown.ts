/** Signs that mean something to Markdown, wherever they stand. */
const SIGNS = /[\\`*_{}[\]<>()#+\-.!|~&=:@"'$^]/g;

/** A text of people in a line of Markdown, shown as it is: no link, no markup, no line of its own. */
export const plain = (text: string): string => text.replaceAll(/\s+/g, " ").trim().replaceAll(SIGNS, "\\$&");

/** A text in a block that shows it as it is, whatever fences it holds. */
export function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

/** A table; cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** A share in per cent with one decimal. */
export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** A 95 % interval of a share. */
export const percentInterval = ([low, high]: readonly [number, number]): string =>
  `${(low * 100).toFixed(1)}–${(high * 100).toFixed(1)} %`;
