import { closeCodes } from "@/contracts/live";

/** Why the server lets this page in no further. */
export type RefusedReason = "forbidden" | "signed-out" | "gone";

/** Refused that often in a row, the document is not the reason. */
const MAX_BAD_MESSAGES = 3;

/**
 * What the code of a closed connection means for good; null: try again.
 * @param badMessages how often in a row the server has refused a message of ours
 */
export function reasonOf(code: number | null, badMessages: number): RefusedReason | null {
  if (code === closeCodes.unauthenticated) return "signed-out";
  if (code === closeCodes.forbidden || badMessages >= MAX_BAD_MESSAGES) return "forbidden";
  return code === closeCodes.noSuchRoom ? "gone" : null;
}
