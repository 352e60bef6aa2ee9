import type { TemplatePart } from "./prompt-template";

/**
 * The quotes that enclose a record: `'''`, or one more than the longest run of quotes in the text when that run
 * could be taken for the end, so that no record can close its own block.
 */
export function fenceFor(text: string): string {
  let longest = 0;
  for (const [run] of text.matchAll(/'{3,}/g)) longest = Math.max(longest, run.length);
  return "'".repeat(Math.max(3, longest + 1));
}

/**
 * Makes the quotes around the input of a hand-written template grow with the record, and adds them where the
 * author wrote none: the record is always enclosed by what it cannot contain.
 */
export function fenceInput(parts: TemplatePart[]): TemplatePart[] {
  const at = parts.findIndex((part) => part.kind === "input");
  if (at < 0) return parts;
  const before = parts[at - 1];
  const after = parts[at + 1];
  const opening = before?.kind === "fixed" ? /'{3,}(\s*)$/u.exec(before.text) : null;
  const closing = after?.kind === "fixed" ? /^(\s*)'{3,}/u.exec(after.text) : null;
  if (before?.kind !== "fixed" || after?.kind !== "fixed" || !opening || !closing)
    return parts.toSpliced(
      at,
      1,
      { kind: "fence" },
      { kind: "fixed", text: "\n" },
      { kind: "input" },
      { kind: "fixed", text: "\n" },
      { kind: "fence" },
    );
  return parts.toSpliced(
    at - 1,
    3,
    { kind: "fixed", text: before.text.slice(0, opening.index) },
    { kind: "fence" },
    { kind: "fixed", text: opening[1] ?? "" },
    { kind: "input" },
    { kind: "fixed", text: closing[1] ?? "" },
    { kind: "fence" },
    { kind: "fixed", text: after.text.slice(closing[0].length) },
  );
}
