import type { ImportOptions } from "@/contracts/imports";
import type { GoodRow } from "./source-row";

type Asked = Pick<ImportOptions, "builtIn" | "nearDuplicates">;

/** Names that the import itself fills, so that no column of the file may have them. */
export const builtInNames = ({ builtIn, nearDuplicates }: Asked): string[] => [
  ...new Set([...builtIn, ...(nearDuplicates === "mark" ? (["duplicate_of"] as const) : [])]),
];

/**
 * Adds what can be told from the text alone: `length` in code points, `language` where the detector is sure (a few
 * words rarely are enough). The detector's tables are loaded only when they are asked for.
 */
export async function builtInMetadata(options: Asked): Promise<(row: GoodRow) => GoodRow> {
  const names = builtInNames(options);
  const detector = names.includes("language") ? (await import("eld/small")).eld : undefined;
  const hasLength = names.includes("length");
  if (!hasLength && !detector) return (row) => row;
  return (row) => {
    const metadata = new Map(row.metadata);
    if (hasLength) metadata.set("length", [...row.content].length);
    const found = detector?.detect(row.content);
    if (found?.isReliable()) metadata.set("language", found.language);
    return { ...row, metadata };
  };
}
