import type { ExportCard } from "@/contracts/export-card";
import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";

/** Entries of each list that a card tells; a longer one is named as a limit. */
export const MOST = 200;

type ImportRow = Omit<ExportCard["records"]["imports"][number], "finishedAt"> & { finishedAt: Date | null };

/** How many records there are, what is known of each, and where they came from. */
export async function readRecords(db: Db, projectId: string): Promise<ExportCard["records"]> {
  const [counts] = await queryRows<{ count: number; deleted: number }>(
    db,
    sql`select (count(*) filter (where r."deletedAt" is null))::int as "count",
        (count(*) filter (where r."deletedAt" is not null))::int as "deleted"
      from "Record" r where r."projectId" = ${projectId}::uuid`,
  );
  const metadata = await queryRows<ExportCard["records"]["metadata"][number]>(
    db,
    sql`select n."name", n."type", n."visibility"::text as "visibility" from "MetadataName" n
      where n."projectId" = ${projectId}::uuid order by n."position", n."name" collate "C"`,
  );
  const imports = await queryRows<ImportRow>(
    db,
    sql`select i."fileName", i."imported", i."updated", i."skipped", i."refused", i."finishedAt" from "ImportRun" i
      where i."projectId" = ${projectId}::uuid and i."status" = 'succeeded' order by i."id" limit ${MOST}::int`,
  );
  return {
    count: counts?.count ?? 0,
    deleted: counts?.deleted ?? 0,
    metadata,
    imports: imports.map((run) => ({ ...run, finishedAt: run.finishedAt?.toISOString() ?? null })),
  };
}

/** Static subsets: which records were chosen, and with what chance. */
export async function readSamples(db: Db, projectId: string): Promise<ExportCard["samples"]> {
  return queryRows(
    db,
    sql`select s."name", coalesce(c."count", 0)::int as "count", s."query", s."sample" as "design",
        case when c."least" is not null then json_build_array(c."least", c."greatest") end as "inclusion",
        case when c."least" is null then 'The records were chosen by a search or by hand, not drawn by chance.' end
          as "reason"
      from "Subset" s
      cross join lateral (select count(*) as "count", min(r."inclusion") as "least", max(r."inclusion") as "greatest"
        from "SubsetRecord" r where r."projectId" = s."projectId" and r."subsetId" = s."id") c
      where s."projectId" = ${projectId}::uuid and s."kind" = 'static' and s."deletedAt" is null
      order by s."id" limit ${MOST}::int`,
  );
}
