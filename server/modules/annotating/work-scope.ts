import type { z } from "zod";
import type { getWorkInput, Work } from "@/contracts/annotating";
import type { JsonValue } from "@/contracts/common";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { ProjectActor } from "@/server/modules/access";
import { findActiveSchema } from "@/server/modules/projects";
import { askedLabels, getSubset } from "@/server/modules/subsets";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { type Sql, sql } from "@/server/platform/sql";

export type WorkScopeInput = Omit<z.infer<typeof getWorkInput>, "project">;

/** Which records are labelled, and by what. */
export type WorkScope = Pick<Work, "schemaVersion" | "labels" | "asked"> & {
  assignment: { id: string; subset: { id: string; name: string }; dueAt: Date | null } | null;
  subset: { id: string; name: string } | null;
  /** As JSON; what the actor may see is put to it by the search. */
  query: Record<string, JsonValue> | undefined;
  /** On `"Record" r`, beside the query: a frozen share. */
  condition: Sql | undefined;
};

/**
 * What an asker labels: their own assignment, a subset, or what a query finds.
 * @throws AppError `no_schema`; `not_found` for an assignment that is not the actor's own, or a subset out of reach
 */
export async function readWorkScope(
  db: Db,
  actor: ProjectActor,
  { assignmentId, subsetId, query }: WorkScopeInput,
): Promise<WorkScope> {
  const active = await findActiveSchema(db, actor);
  if (!active)
    throw new AppError("no_schema", "This project has no labels yet. An administrator makes them first.", {
      status: 409,
    });
  const { version: schemaVersion, labelSchema } = active;
  if (assignmentId !== undefined) {
    const { named, frozen, ...assignment } = await readOwnAssignment(db, actor, assignmentId);
    return {
      schemaVersion,
      ...labelsOf(named, labelSchema),
      assignment,
      subset: assignment.subset,
      ...(frozen
        ? { query: undefined, condition: inShare(actor.projectId, assignment.id) }
        : { query: { subset: assignment.subset.id }, condition: undefined }),
    };
  }
  const subset = subsetId === undefined ? null : await getSubset(db, actor, { id: subsetId });
  return {
    schemaVersion,
    ...labelsOf([], labelSchema),
    assignment: null,
    subset: subset && { id: subset.id, name: subset.name },
    query: subset ? { subset: subset.id } : query,
    condition: undefined,
  };
}

/** Labels that an assignment names are the only ones; otherwise what isn't asked for may be given all the same. */
function labelsOf(
  named: readonly string[],
  schema: readonly LabelDefinition[],
): Pick<Work, "labels" | "asked"> {
  const wanted = askedLabels(named, schema);
  const asked = schema.map(({ name }) => name).filter((name) => wanted.includes(name));
  return { asked, labels: schema.filter(({ name }) => named.length === 0 || asked.includes(name)) };
}

async function readOwnAssignment(db: Db, { projectId, userId }: ProjectActor, id: string) {
  const row = await db.assignment.findFirst({
    where: { projectId, id, userId, withdrawnAt: null, subset: { deletedAt: null } },
    select: {
      id: true,
      dueAt: true,
      labels: true,
      mode: true,
      subset: { select: { id: true, name: true } },
    },
  });
  if (!row)
    throw new AppError(
      "not_found",
      "You have no such assignment. It may have been withdrawn, or be somebody else's.",
    );
  const { labels: named, mode, ...assignment } = row;
  return { ...assignment, named, frozen: mode !== "all" };
}

const inShare = (projectId: string, assignmentId: string): Sql =>
  sql`exists (select 1 from "AssignmentRecord" x where x."projectId" = ${projectId}::uuid
    and x."assignmentId" = ${assignmentId}::uuid and x."recordId" = r."id")`;
