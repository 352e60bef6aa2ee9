/** Where the rows come from: a file that the browser sends, or one that the server fetches. */
export type ImportSource = { kind: "file"; file: File; pasted: boolean } | { kind: "url"; url: string };

/** What the source is called on the screen. */
export const sourceName = (source: ImportSource): string =>
  source.kind === "url" ? source.url : source.pasted ? "Pasted text" : source.file.name;

export type PastedFormat = "csv" | "tsv" | "jsonl" | "json";

/** What a pasted text looks like: JSON by its first character, a table by its first line. */
export function formatOfText(text: string): PastedFormat {
  const start = text.trimStart();
  if (start.startsWith("[")) return "json";
  if (start.startsWith("{")) return /^\s*\{.*\}\s*(?:\n|$)/.test(start) ? "jsonl" : "json";
  const [line = ""] = start.split("\n", 1);
  return line.split("\t").length > line.split(",").length ? "tsv" : "csv";
}

/** A pasted text as the file it would be. */
export const pastedFile = (text: string, format: PastedFormat): File =>
  new File([text], `pasted.${format}`, { type: "text/plain" });
