import { z } from "zod";
import { askedTime, id, isoTime, listOf, page, projectRef } from "./common";

/**
 * How a subset is divided among people: everybody all of it, each record to one of them, or each to `perRecord`
 * different ones. A divided share is frozen; "all" follows the subset.
 */
const assignmentMode = z.enum(["all", "split", "perRecord"]);
export type AssignmentMode = z.infer<typeof assignmentMode>;

/** Records times people that one division may write. */
export const MAX_SHARES = 3_000_000;

export const createAssignmentInput = z.object({
  project: projectRef,
  /** The subset. */
  id,
  userIds: z.array(id).min(1).max(1000),
  mode: assignmentMode.default("all"),
  /** Only with `perRecord`: how many different people get each record. */
  perRecord: z.number().int().min(2).max(20).optional(),
  /** Which record goes to whom is drawn by it; by default a new one, which the answer tells. */
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .optional(),
  dueAt: askedTime.optional(),
  /** What is asked for; by default every record label of the schema as it is then. */
  labels: z.array(z.string().min(1).max(100)).min(1).max(100).optional(),
});

const person = z.object({ id, name: z.string() });

/** A subset, or a share of it, given to one person. */
export const assignment = z.object({
  id,
  subsetId: id,
  subset: z.object({ id, name: z.string() }),
  user: person,
  assignedBy: person,
  mode: assignmentMode,
  perRecord: z.number().int().nullable(),
  seed: z.number().int().nullable(),
  /** The labels asked for: done is a record that has all of them from this person. */
  labels: z.array(z.string()),
  dueAt: isoTime.nullable(),
  /** Past its date with records left. */
  overdue: z.boolean(),
  progress: z.object({ records: z.number().int(), done: z.number().int() }),
  createdAt: isoTime,
});
export type Assignment = z.infer<typeof assignment>;

export const assignmentList = listOf(assignment);
export const listAssignmentsInput = page.extend({
  project: projectRef,
  subsetId: id.optional(),
  /** Only the caller's own, as an annotator's always are. */
  mine: z.stringbool().or(z.boolean()).optional(),
});
export const patchAssignmentInput = z.object({
  project: projectRef,
  id,
  /** `null` takes the date away. */
  dueAt: askedTime.nullable(),
});
/** An assignment of the project. */
export const assignmentRef = z.object({ project: projectRef, id });
