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

type Asked = Pick<Assignment, "subsetId" | "user" | "labels">;

/** Of those, the records where an asked label of that person is missing, and they did not say that they can't tell. */
export function recordsLeft({ subsetId, user, labels }: Asked): Query {
  const annotators = [`user:${user.id}`];
  return amongAssigned(
    { subsetId, user },
    labels.map((name) => ({
      and: [
        { label: { name, op: "missing", annotators } },
        { not: { label: { name, op: "doubted", annotators } } },
      ],
    })),
  );
}

/** Of those, the records about which that person could not tell an asked label. */
export function recordsDoubted({ subsetId, user, labels }: Asked): Query {
  const annotators = [`user:${user.id}`];
  return amongAssigned(
    { subsetId, user },
    labels.map((name) => ({ label: { name, op: "doubted", annotators } })),
  );
}

function amongAssigned({ subsetId, user }: Omit<Asked, "labels">, ways: readonly Query[]): Query {
  const [only, second] = ways;
  const assigned: Query[] = [{ subset: subsetId }, { assignedTo: `user:${user.id}` }];
  if (!only) return { and: assigned };
  return { and: [...assigned, second ? { or: [...ways] } : only] };
}
