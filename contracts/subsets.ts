import { z } from "zod";
import { displayName, id, isoTime, listOf, page, projectRef } from "./common";
import { queryJson, sort } from "./query";

const subsetKind = z.enum(["live", "static"]);
export const subset = z.object({
  id,
  name: z.string(),
  kind: subsetKind,
  query: queryJson.nullable(),
  count: z.number().int(),
  createdBy: z.object({ id, name: z.string() }),
  createdAt: isoTime,
});
export type Subset = z.infer<typeof subset>;

export const createSubsetInput = z.object({
  project: projectRef,
  name: displayName,
  kind: subsetKind.default("static"),
  query: queryJson.optional(),
  /** With `limit`: keeps the first so many of the query in this order (static only). */
  sort: sort.optional(),
  limit: z.number().int().min(1).max(1_000_000).optional(),
  recordIds: z.array(id).min(1).max(10_000).optional(),
  from: z
    .object({ op: z.enum(["union", "intersection", "difference"]), subsets: z.array(id).min(2).max(20) })
    .optional(),
  sample: z
    .object({
      size: z.number().int().min(1).max(1_000_000),
      seed: z
        .number()
        .int()
        .min(0)
        .max(2 ** 31 - 1),
    })
    .optional(),
});

export const createAssignmentInput = z.object({
  project: projectRef,
  id,
  userIds: z.array(id).min(1).max(1000),
});
export const assignment = z.object({
  id,
  subsetId: id,
  user: z.object({ id, name: z.string() }),
  createdAt: isoTime,
});
export const assignmentList = z.object({ items: z.array(assignment) });
export const listAssignmentsInput = z.object({ project: projectRef, subsetId: id.optional() });

export const subsetList = listOf(subset);
export const listSubsetsInput = page.extend({ project: projectRef });
/** A subset or an assignment of the project. */
export const subsetRef = z.object({ project: projectRef, id });
