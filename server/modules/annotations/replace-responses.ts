import type { AnswerStatus } from "@/contracts/annotating";
import type { Db } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import { queryRows, sql } from "@/server/platform/sql";

/** What a person answered instead of a label. */
export type PersonResponse = { status: AnswerStatus; reason?: string | null | undefined };

type Named = { recordId: string; label: string };
type ReplaceResponsesInput = {
  projectId: string;
  userId: string;
  named: readonly Named[];
  given: readonly (Named & PersonResponse)[];
};
type ResponseRow = Named & { id: string };

/**
 * Makes a person's answers that are no labels exactly those given, on the named (record, label) pairs.
 * @returns what changed, for the history
 */
export async function replaceResponses(
  tx: Db,
  { projectId, userId, named, given }: ReplaceResponsesInput,
): Promise<{ gone: ResponseRow[]; written: (ResponseRow & { status: AnswerStatus })[] }> {
  const input = JSON.stringify(
    given.map(({ reason = null, ...response }) => ({ ...response, reason, id: newId() })),
  );
  const gone = await queryRows<ResponseRow>(
    tx,
    sql`delete from "AnnotationResponse" p
      using (select distinct * from jsonb_to_recordset(${JSON.stringify(named)}::jsonb)
        as t ("recordId" uuid, "label" text)) n
      where p."projectId" = ${projectId}::uuid and p."annotatorId" = ${userId}::uuid
        and p."recordId" = n."recordId" and p."labelName" = n."label"
        and not exists (
          select 1 from jsonb_to_recordset(${input}::jsonb) as i ("recordId" uuid, "label" text)
          where i."recordId" = p."recordId" and i."label" = p."labelName")
      returning p."id", p."recordId", p."labelName" as "label"`,
  );
  if (given.length === 0) return { gone, written: [] };
  const written = await queryRows<ResponseRow & { status: AnswerStatus }>(
    tx,
    sql`insert into "AnnotationResponse" as p ("id", "projectId", "recordId", "annotatorId", "labelName", "status",
        "reason")
      select "id", ${projectId}::uuid, "recordId", ${userId}::uuid, "label", "status"::"ResponseStatus", "reason"
      from jsonb_to_recordset(${input}::jsonb)
        as i ("id" uuid, "recordId" uuid, "label" text, "status" text, "reason" text)
      on conflict ("projectId", "recordId", "annotatorId", "labelName") do update
        set "status" = excluded."status", "reason" = excluded."reason", "updatedAt" = now()
        where p."status" <> excluded."status" or p."reason" is distinct from excluded."reason"
      returning p."id", p."recordId", p."labelName" as "label", p."status"::text as "status"`,
  );
  return { gone, written };
}
