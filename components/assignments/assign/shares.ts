import type { AssignmentMode } from "@/contracts/assignments";

type Division = { records: number; people: number; mode: AssignmentMode; perRecord: number };

/** How many records the person with the fewest and the one with the most would get. */
export function shareSizes({ records, people, mode, perRecord }: Division): { from: number; to: number } {
  if (people === 0) return { from: 0, to: 0 };
  if (mode === "all") return { from: records, to: records };
  const shares = records * (mode === "split" ? 1 : perRecord);
  return { from: Math.floor(shares / people), to: Math.ceil(shares / people) };
}
