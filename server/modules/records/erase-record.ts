import type { z } from "zod";
import type { eraseRecordInput } from "@/contracts/record-changes";
import { type ProjectActor, recordAudit } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { execute, queryRows, type Sql, sql } from "@/server/platform/sql";

type EraseRecordInput = Omit<z.infer<typeof eraseRecordInput>, "project">;
type Which = { projectId: string; id: string; userId: string };

/**
 * Blanks a record for good: text, metadata, what models answered about it, notes and reasons, and what is kept
 * for undoing. The row stays, excluded, with its external id, and so do the values of labels and verdicts,
 * counts and costs.
 * @throws AppError `not_found`; `invalid` when `confirm` is not the record's external id; `record_busy` while a
 * job waits for an answer about it
 */
export async function eraseRecord(
  db: Db,
  { projectId, userId, address }: ProjectActor,
  { id, confirm }: EraseRecordInput,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const [record] = await queryRows<{ externalId: string; busy: boolean }>(
      tx,
      sql`select r."externalId", exists (select from "JobItem" i where i."projectId" = r."projectId"
            and i."recordId" = r."id" and i."status" in ('running', 'answered')) as "busy"
        from "Record" r where r."projectId" = ${projectId}::uuid and r."id" = ${id}::uuid for update of r`,
    );
    if (!record) throw new AppError("not_found", "There is no such record in this project.");
    if (record.externalId !== confirm)
      throw new AppError("invalid", "Type the record's id exactly as it is written to erase it.", {
        errors: [{ path: "confirm", message: "is not the id of this record" }],
      });
    if (record.busy)
      throw new AppError(
        "record_busy",
        "A job is asking a model about this record. Cancel the job, or wait until it has ended, and try again.",
        { status: 409 },
      );
    for (const statement of erasing({ projectId, id, userId })) await execute(tx, statement);
    await recordAudit(tx, { projectId, actorId: userId, action: "record.erased", target: id, address });
  });
}

/**
 * Everywhere that words of a record, or about it, are kept. A test reads the columns of the database and knows
 * of each whether it is here.
 */
function erasing({ projectId, id, userId }: Which): Sql[] {
  const ofRecord = sql`"projectId" = ${projectId}::uuid and "recordId" = ${id}::uuid`;
  return [
    sql`update "Record" set "content" = '', "metadata" = '{}', "updatedAt" = now(),
        "erasedAt" = coalesce("erasedAt", now()), "deletedById" = case when "deletedAt" is null
          then ${userId}::uuid else "deletedById" end, "deletedAt" = coalesce("deletedAt", now())
      where "projectId" = ${projectId}::uuid and "id" = ${id}::uuid`,
    // Before the hashes go: an answer that is kept for the same question elsewhere is about the same text.
    sql`delete from "AnswerCache" c using "JobItem" i
      where i."projectId" = ${projectId}::uuid and i."recordId" = ${id}::uuid
        and c."projectId" = i."projectId" and c."requestHash" = i."promptHash"`,
    sql`delete from "AnswerCache" c using "JobSample" s
      where s."projectId" = ${projectId}::uuid and s."recordId" = ${id}::uuid
        and c."projectId" = s."projectId" and c."requestHash" = s."requestHash"`,
    sql`update "JobSample" set "rawAnswer" = '', "requestHash" = '' where ${ofRecord}`,
    sql`update "JobAttempt" set "requestHash" = null where ${ofRecord} and "requestHash" is not null`,
    // That there was a prompt is counted, so its hash is replaced and not taken away.
    sql`update "JobItem" set "rawAnswer" = null, "answerTokens" = null, "errorMessage" = null,
        "promptHash" = case when "promptHash" is not null then 'erased' end where ${ofRecord}`,
    // Texts can be guessed from their vectors.
    sql`delete from "RecordVector" where ${ofRecord}`,
    sql`update "Annotation" set "confReason" = null, "metadata" = '{}' where ${ofRecord}`,
    sql`update "AnnotationEvent" set "metadata" = '{}' where ${ofRecord}`,
    sql`update "AnnotationResponse" set "reason" = null where ${ofRecord} and "reason" is not null`,
    sql`update "Verification" set "reason" = null where ${ofRecord} and "reason" is not null`,
    sql`update "Comment" set "body" = '', "mentions" = '{}' where ${ofRecord}`,
    sql`update "RecordFlag" set "note" = null, "resolution" = null where ${ofRecord}`,
    sql`update "Reconciliation" set "note" = null where ${ofRecord} and "note" is not null`,
    // Answers about it that are kept for a day, should the same request come again.
    sql`delete from "IdempotencyKey" where ("body" ->> 'id' = ${id}::text and "body" ? 'content')
        or ("body" ->> 'recordId' = ${id}::text and "body" ?| array['body', 'excerpt'])`,
    sql`update "BulkBatch" b set "befores" = array(
          select case when i."id" = ${id}::uuid then 'null' else i."before" end
          from unnest(b."changedIds", b."befores") with ordinality as i ("id", "before", "at") order by i."at")
      where b."projectId" = ${projectId}::uuid and b."changedIds" @> array[${id}::uuid]`,
  ];
}
