import type { JsonValue } from "@/contracts/common";

/** Which records are labelled: one of these, or neither for all within reach. */
export type WhichWork = {
  assignmentId?: string;
  subsetId?: string;
  query?: Record<string, JsonValue>;
};
