import type { z } from "zod";
import type { MetadataVisibility, Project, patchProjectInput } from "@/contracts/projects";
import { type ProjectActor, recordAudit } from "@/server/modules/access";
import { type Db, inTransaction, sqlRows } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { readProject } from "./project-repository";

const MICRO = 1_000_000;

type PatchProjectInput = Omit<z.infer<typeof patchProjectInput>, "project">;

/**
 * Renames a project, archives or restores it, changes who sees which metadata names, or caps its spending. What is not named
 * stays as it is.
 * @throws AppError `invalid` for a metadata name that the project does not have
 */
export async function patchProject(
  db: Db,
  { projectId, userId, address }: ProjectActor,
  { name, archived, metadata, spendCapUsd }: PatchProjectInput,
): Promise<Project> {
  return inTransaction(db, async (tx) => {
    if (name !== undefined) await tx.project.update({ where: { id: projectId }, data: { name } });
    if (archived !== undefined)
      // Archiving again keeps the first date.
      await tx.project.updateMany({
        where: { id: projectId, archivedAt: archived ? null : { not: null } },
        data: { archivedAt: archived ? new Date() : null },
      });
    if (spendCapUsd !== undefined)
      await tx.project.update({
        where: { id: projectId },
        data: { spendCapMicroUsd: spendCapUsd === null ? null : BigInt(Math.round(spendCapUsd * MICRO)) },
      });
    if (metadata) await setVisibilities(tx, projectId, metadata);
    await recordAudit(tx, {
      projectId,
      actorId: userId,
      action: "project.changed",
      target: projectId,
      address,
      details: {
        ...(name === undefined ? {} : { name }),
        ...(archived === undefined ? {} : { archived }),
        ...(metadata === undefined ? {} : { metadata }),
        ...(spendCapUsd === undefined ? {} : { spendCapUsd }),
      },
    });
    return readProject(tx, userId, projectId);
  });
}

async function setVisibilities(
  tx: Db,
  projectId: string,
  visibilities: Record<string, MetadataVisibility>,
): Promise<void> {
  const known = await sqlRows<{ name: string }>(
    tx,
    `update "MetadataName" m set "visibility" = wanted."value"::"MetadataVisibility"
     from jsonb_each_text($2::jsonb) wanted
     where m."projectId" = $1::uuid and m."name" = wanted."key" returning m."name"`,
    [projectId, JSON.stringify(visibilities)],
  );
  const names = new Set(known.map((row) => row.name));
  const unknown = Object.keys(visibilities).filter((name) => !names.has(name));
  if (unknown.length > 0)
    throw new AppError(
      "invalid",
      `No record has metadata called ${unknown.map((n) => `"${n}"`).join(", ")}.`,
      {
        errors: unknown.map((name) => ({ path: `metadata.${name}`, message: "no record has it" })),
      },
    );
}
