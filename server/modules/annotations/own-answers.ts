import type { Answer } from "@/contracts/annotating";
import type { JsonValue } from "@/contracts/common";
import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";

/** Whose answers, about which labels of which records. */
export type OwnAnswersOf = {
  projectId: string;
  userId: string;
  recordIds: readonly string[];
  labels: readonly string[];
};

/** A person's answer with the metadata of its labels, by `[start, end]`; a label of a record is at -1, -1. */
export type OwnAnswer = Answer & { recordId: string; metadata: ReadonlyMap<string, JsonValue> };

type ChangeRow = { recordId: string; label: string; version: number; at: Date };
type LabelRow = Omit<ChangeRow, "version"> & {
  level: string;
  value: string[];
  start: number;
  end: number;
  metadata: JsonValue;
};
type ResponseRow = Omit<ChangeRow, "version"> & Pick<Answer, "status" | "reason">;

export const answerKey = (recordId: string, label: string): string => JSON.stringify([recordId, label]);
export const placeKey = (start: number, end: number): string => `${start}-${end}`;

/**
 * What a person has answered, by {@link answerKey}; nobody else's is ever read. The version of an answer is how many
 * changes of it the history holds, so that it counts up by whatever way the answer changes.
 */
export async function readOwnAnswers(
  db: Db,
  { projectId, userId, recordIds, labels }: OwnAnswersOf,
): Promise<Map<string, OwnAnswer>> {
  const changes = await queryRows<ChangeRow>(
    db,
    sql`select e."recordId", e."labelName" as "label", count(*)::int as "version", max(e."createdAt") as "at"
      from "AnnotationEvent" e
      where e."projectId" = ${projectId}::uuid and e."recordId" = any(${recordIds}::uuid[])
        and e."annotatorId" = ${userId}::uuid and e."labelName" = any(${labels}::text[])
      group by 1, 2`,
  );
  const rows = await queryRows<LabelRow>(
    db,
    sql`select a."recordId", a."labelName" as "label", a."level", a."value", a."start", a."end", a."metadata",
        a."updatedAt" as "at"
      from "Annotation" a
      where a."projectId" = ${projectId}::uuid and a."recordId" = any(${recordIds}::uuid[])
        and a."annotatorId" = ${userId}::uuid and a."labelName" = any(${labels}::text[])
      order by a."start", a."end"`,
  );
  const responses = await queryRows<ResponseRow>(
    db,
    sql`select p."recordId", p."labelName" as "label", p."status"::text as "status", p."reason",
        p."updatedAt" as "at"
      from "AnnotationResponse" p
      where p."projectId" = ${projectId}::uuid and p."recordId" = any(${recordIds}::uuid[])
        and p."annotatorId" = ${userId}::uuid and p."labelName" = any(${labels}::text[])`,
  );
  const versions = new Map(changes.map((change) => [answerKey(change.recordId, change.label), change]));
  const answers = new Map<string, OwnAnswer>();
  for (const { recordId, label, at } of [...changes, ...rows, ...responses]) {
    const key = answerKey(recordId, label);
    const change = versions.get(key);
    if (answers.has(key)) continue;
    answers.set(key, {
      ...noAnswer(recordId, label),
      version: change?.version ?? 0,
      at: (change?.at ?? at).toISOString(),
    });
  }
  for (const row of rows) merge(answers, row, (found) => withLabel(found, row));
  for (const row of responses)
    merge(answers, row, (found) => ({ ...found, status: row.status, reason: row.reason }));
  return answers;
}

function merge(
  answers: Map<string, OwnAnswer>,
  { recordId, label }: { recordId: string; label: string },
  change: (found: OwnAnswer) => OwnAnswer,
): void {
  const key = answerKey(recordId, label);
  const found = answers.get(key);
  if (found) answers.set(key, change(found));
}

function withLabel(found: OwnAnswer, { level, value, start, end, metadata }: LabelRow): OwnAnswer {
  const known = new Map(found.metadata).set(placeKey(start, end), metadata);
  return level === "span"
    ? { ...found, metadata: known, spans: [...found.spans, { start, end, value }] }
    : { ...found, metadata: known, value };
}

/** What stands where a person has never answered. */
export const noAnswer = (recordId: string, label: string): OwnAnswer => ({
  recordId,
  label,
  version: 0,
  value: [],
  spans: [],
  status: null,
  reason: null,
  at: null,
  metadata: new Map(),
});

/** As the API shows it. */
export const presentAnswer = ({ recordId: _, metadata: __, ...answer }: OwnAnswer): Answer => answer;
