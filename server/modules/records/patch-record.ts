import type { z } from "zod";
import type { JsonValue } from "@/contracts/common";
import type { patchRecordInput } from "@/contracts/record-changes";
import type { RecordRow } from "@/contracts/records";
import type { ProjectActor } from "@/server/modules/access";
import { getRecord } from "@/server/modules/search";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError, type FieldError } from "@/server/platform/errors";
import { execute, queryRows, sql } from "@/server/platform/sql";
import { isLongerThan, MAX_CONTENT, MAX_METADATA_VALUE } from "./import/limits";
import { registerName } from "./register-name";

type PatchRecordInput = Omit<z.infer<typeof patchRecordInput>, "project">;

/**
 * Changes one record: metadata is merged, where `null` takes a name away; the text is replaced, as long as
 * nobody and nothing has labelled it. All or nothing.
 * @returns the record as it is now
 * @throws AppError `not_found`, `too_long`, `has_labels` when the text would change under its labels
 */
export async function patchRecord(db: Db, actor: ProjectActor, input: PatchRecordInput): Promise<RecordRow> {
  const { id, metadata = {}, content } = input;
  refuseLong(input);
  return inTransaction(db, async (tx) => {
    const before = await lockRecord(tx, actor.projectId, id);
    if (content !== undefined && content !== before.content)
      await writeContent(tx, actor.projectId, id, content);
    await writeMetadata(tx, actor.projectId, id, metadata);
    return getRecord(tx, actor, { id });
  });
}

/** Locked, so that nobody labels the text while it is replaced. */
async function lockRecord(tx: Db, projectId: string, id: string): Promise<{ content: string }> {
  const [record] = await queryRows<{ content: string }>(
    tx,
    sql`select r."content" from "Record" r
      where r."projectId" = ${projectId}::uuid and r."id" = ${id}::uuid and r."deletedAt" is null for update`,
  );
  if (!record) throw new AppError("not_found", "There is no such record in this project.");
  return record;
}

async function writeContent(tx: Db, projectId: string, id: string, content: string): Promise<void> {
  // A statement that starts after the lock is held sees the labels given meanwhile.
  const labelled = await tx.annotation.findFirst({
    where: { projectId, recordId: id },
    select: { id: true },
  });
  if (labelled)
    throw new AppError(
      "has_labels",
      "The record has labels, so its text stays. Import the new text under another id.",
      { status: 409, errors: [{ path: "content", message: "can't change while the record has labels" }] },
    );
  await execute(
    tx,
    sql`update "Record" r set "content" = ${content}, "updatedAt" = now()
      where r."projectId" = ${projectId}::uuid and r."id" = ${id}::uuid`,
  );
  // They were those of the text that was there before.
  await tx.recordVector.deleteMany({ where: { projectId, recordId: id } });
}

async function writeMetadata(
  tx: Db,
  projectId: string,
  id: string,
  metadata: Record<string, JsonValue>,
): Promise<void> {
  const given = Object.entries(metadata);
  if (given.length === 0) return;
  for (const [name, value] of given) await registerName(tx, projectId, name, [value]);
  const kept = Object.fromEntries(given.filter(([, value]) => value !== null));
  const gone = given.flatMap(([name, value]) => (value === null ? [name] : []));
  await execute(
    tx,
    sql`update "Record" r
      set "metadata" = (r."metadata" - ${gone}::text[]) || ${JSON.stringify(kept)}::jsonb, "updatedAt" = now()
      where r."projectId" = ${projectId}::uuid and r."id" = ${id}::uuid
        and r."metadata" <> (r."metadata" - ${gone}::text[]) || ${JSON.stringify(kept)}::jsonb`,
  );
}

function refuseLong({ metadata = {}, content }: PatchRecordInput): void {
  const errors: FieldError[] = Object.entries(metadata).flatMap(([name, value]) =>
    isLongerThan(typeof value === "string" ? value : JSON.stringify(value), MAX_METADATA_VALUE)
      ? [{ path: `metadata.${name}`, message: `is longer than ${MAX_METADATA_VALUE} characters` }]
      : [],
  );
  if (content !== undefined && isLongerThan(content, MAX_CONTENT))
    errors.push({ path: "content", message: `is longer than ${MAX_CONTENT} characters` });
  const [first] = errors;
  if (first)
    throw new AppError("too_long", `${first.path} ${first.message}. Nothing was written.`, { errors });
}
