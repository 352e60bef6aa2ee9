import type { Assignment } from "@/contracts/assignments";
import type { Query } from "@/contracts/query";

/** How the records were given, in words. */
export function modeWords({ mode, perRecord }: Pick<Assignment, "mode" | "perRecord">): string {
  if (mode === "all") return "all of it";
  return mode === "split" ? "a share" : `each record to ${perRecord}`;
}

/** The records of an assignment, for whoever sees more than their own. */
export const assignedRecords = ({ subsetId, user }: Pick<Assignment, "subsetId" | "user">): Query => ({
  and: [{ subset: subsetId }, { assignedTo: `user:${user.id}` }],
});

/** Of those, the records where an asked label of that person is missing. */
export function recordsLeft(assignment: Pick<Assignment, "subsetId" | "user" | "labels">): Query {
  const missing = assignment.labels.map(
    (name): Query => ({ label: { name, op: "missing", annotators: [`user:${assignment.user.id}`] } }),
  );
  const [only, second] = missing;
  if (!only) return assignedRecords(assignment);
  return {
    and: [
      { subset: assignment.subsetId },
      { assignedTo: `user:${assignment.user.id}` },
      second ? { or: missing } : only,
    ],
  };
}
