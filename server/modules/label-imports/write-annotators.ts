import type pg from "pg";
import type { LabelReport } from "@/contracts/label-imports";
import {
  CHANGED_LABELS,
  ensureImportedAnnotators,
  IMPORTED_LABELS,
  writeImportedLabels,
} from "@/server/modules/annotations";
import type { LabelRun } from "@/server/modules/records";
import { countChangedRows, nameRecords } from "./match-records";

/** What was written: known rows whose labels changed, and the import's report without what was left. */
export type Written = { rows: number; report: Omit<LabelReport, "left"> };

/** A cleared span counts for every row that names its label. */
const CHANGED = `${CHANGED_LABELS} c on c."recordId" = l."recordId" and c."annotatorId" = l."annotatorId"
  and c."label" = l."label" and (c."cleared" or (c."start" = l."start" and c."end" = l."end"))`;

/** Writes the waiting labels as those of imported annotators, one for each name. */
export async function writeAsAnnotators(
  client: pg.ClientBase,
  run: LabelRun,
  schemaVersion: number,
): Promise<Written> {
  const { projectId } = run;
  await nameRecords(client, run);
  await nameAnnotators(client, projectId);
  const changed = await writeImportedLabels(client, { projectId, schemaVersion });
  const rows = await countChangedRows(client, projectId, CHANGED);
  const { rows: annotators } = await client.query<LabelReport["annotators"][number]>(
    `select l."annotatorId" as "id", t."name", count(*)::int as "labels" from ${IMPORTED_LABELS} l
     join "Annotator" t on t."projectId" = $1::uuid and t."id" = l."annotatorId"
     group by 1, 2 order by 2 limit 1000`,
    [projectId],
  );
  return { rows, report: { changed, annotators, gold: [] } };
}

/** Of several sources of one name the first has the name, the next "name (2)": in the order of the file, so the same again. */
async function nameAnnotators(client: pg.ClientBase, projectId: string): Promise<void> {
  const { rows } = await client.query<{ annotator: string; source: string | null; nth: number }>(
    `select "annotator", "source", row_number() over (partition by "annotator" order by min("id"::text))::int as nth
     from ${IMPORTED_LABELS} group by "annotator", "source" order by min("id"::text)`,
  );
  const named = rows.map((row) => ({
    ...row,
    name: row.nth > 1 ? `${row.annotator} (${row.nth})` : row.annotator,
  }));
  const ids = await ensureImportedAnnotators(client, projectId, [...new Set(named.map(({ name }) => name))]);
  await client.query(
    `update ${IMPORTED_LABELS} l set "annotatorId" = given.id
     from unnest($1::text[], $2::text[], $3::uuid[]) as given (annotator, source, id)
     where l."annotator" = given.annotator and l."source" is not distinct from given.source`,
    [
      named.map(({ annotator }) => annotator),
      named.map(({ source }) => source),
      named.map(({ name }) => ids.get(name)),
    ],
  );
}
