import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";
import type { Reading, RecordContext } from "./read-answer";

type Run = Pick<Reading, "promptedLabels" | "labels" | "confidence" | "withConf"> & {
  projectId: string;
  agreeWith: readonly string[];
};

/** What reading the answers about these records needs beside them: nothing, for most jobs, and no query then. */
export async function readContexts(
  db: Db,
  run: Run,
  recordIds: readonly string[],
): Promise<ReadonlyMap<string, RecordContext>> {
  const spans = run.promptedLabels.some(({ name, level }) => level === "span" && run.labels.includes(name));
  const compared = run.withConf && run.confidence === "agreement";
  if (!spans && !compared) return new Map();
  const texts = spans ? await readTexts(db, run.projectId, recordIds) : new Map<string, string>();
  const others = compared ? await readOthers(db, run, recordIds) : new Map<string, RecordContext["others"]>();
  return new Map(recordIds.map((id) => [id, { text: texts.get(id), others: others.get(id) }]));
}

async function readTexts(
  db: Db,
  projectId: string,
  recordIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await queryRows<{ id: string; content: string }>(
    db,
    sql`select r."id"::text, r."content" from "Record" r
      where r."projectId" = ${projectId}::uuid and r."id" = any (${recordIds}::uuid[])`,
  );
  return new Map(rows.map(({ id, content }) => [id, content]));
}

type OtherRow = { recordId: string; annotatorId: string; label: string; value: string[] };

async function readOthers(
  db: Db,
  { projectId, labels, agreeWith }: Run,
  recordIds: readonly string[],
): Promise<Map<string, NonNullable<RecordContext["others"]>>> {
  const rows = await queryRows<OtherRow>(
    db,
    sql`select a."recordId"::text, a."annotatorId"::text, a."labelName" as "label", a."value" from "Annotation" a
      where a."projectId" = ${projectId}::uuid and a."recordId" = any (${recordIds}::uuid[])
        and a."annotatorId" = any (${agreeWith}::uuid[]) and a."labelName" = any (${labels}::text[])
        and a."level" = 'record'`,
  );
  const keyOf = (recordId: string, annotatorId: string, label: string) =>
    `${recordId} ${annotatorId} ${label}`;
  const given = new Map(rows.map((row) => [keyOf(row.recordId, row.annotatorId, row.label), row.value]));
  const othersOf = (recordId: string, label: string) =>
    agreeWith.map((jobId) => given.get(keyOf(recordId, jobId, label)) ?? null);
  return new Map(
    recordIds.map((id) => [id, Object.fromEntries(labels.map((label) => [label, othersOf(id, label)]))]),
  );
}
