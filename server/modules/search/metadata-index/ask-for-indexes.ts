import type { Query, SortKey } from "@/contracts/query";
import type { SearchNote } from "@/contracts/records";
import { type Db, inTransaction } from "@/server/platform/db";
import { enqueue } from "@/server/platform/queue";
import { execute, queryRows, sql } from "@/server/platform/sql";
import { predicatesOf } from "../query-references";
import type { QueryScope } from "../query-scope";
import { indexNameOf, type MetadataIndexKey } from "./definition";

/** Fewer records are read in no time without an index. */
const MIN_RECORDS = 20_000;
/** Each index is written to by every import. */
const MAX_PER_PROJECT = 20;
const DAY = 24 * 60 * 60_000;

type Wanted = Pick<MetadataIndexKey, "name" | "order">;
type Known = Wanted & { state: "building" | "ready" | "failed"; stale: boolean };

/**
 * Notes that a search orders or tests by metadata names: an index that is missing is asked of the worker, and the
 * search goes on without it.
 * @returns a note for each name whose index is being built
 */
export async function askForIndexes(
  db: Db,
  { projectId, viewer }: QueryScope,
  query: Query | null,
  sort: readonly SortKey[],
): Promise<SearchNote[]> {
  const wanted = wantedIndexes(query, sort).filter(
    ({ name }) => viewer.kind === "team" || viewer.shownMetadata.includes(name),
  );
  if (wanted.length === 0) return [];
  const known = await queryRows<Known>(
    db,
    sql`select "name", "order", "state"::text as "state", "usedAt" < now() - interval '1 hour' as "stale"
      from "MetadataIndex" where "projectId" = ${projectId}::uuid`,
  );
  const isSame = (one: Wanted) => (other: Wanted) => one.name === other.name && one.order === other.order;
  const used = known.filter((index) => wanted.some(isSame(index)));
  if (used.some(({ stale }) => stale)) await noteUse(db, projectId, used);
  const missing = wanted.filter((index) => !known.some(isSame(index)));
  const requested = missing.length > 0 ? await requestIndexes(db, projectId, missing) : [];
  const building = used.filter(({ state }) => state === "building").map(({ name }) => name);
  return [...new Set([...building, ...requested])].map((name) => ({ code: "metadata_index_building", name }));
}

/** The index that gives the order, and those that find what the query tests. */
function wantedIndexes(query: Query | null, sort: readonly SortKey[]): Wanted[] {
  const [first] = sort;
  const ordered: Wanted[] = first?.by.startsWith("metadata.")
    ? [{ name: first.by.slice("metadata.".length), order: first.order }]
    : [];
  const tested = predicatesOf(query).flatMap(({ predicate }): Wanted[] =>
    "metadata" in predicate && predicate.metadata.op !== "!="
      ? [{ name: predicate.metadata.name, order: "asc" }]
      : [],
  );
  const all = [...ordered, ...tested];
  return all.filter(
    (one, at) => all.findIndex((other) => one.name === other.name && one.order === other.order) === at,
  );
}

/** @returns the names for which a row was written */
async function requestIndexes(db: Db, projectId: string, missing: readonly Wanted[]): Promise<string[]> {
  return inTransaction(db, async (tx) => {
    const rows = await queryRows<{ name: string }>(
      tx,
      sql`insert into "MetadataIndex" ("projectId", "name", "order", "indexName")
        select ${projectId}::uuid, w."name", w."order", w."indexName"
        from unnest(${missing.map(({ name }) => name)}::text[], ${missing.map(({ order }) => order)}::text[],
          ${missing.map((one) => indexNameOf({ projectId, ...one }))}::text[]) as w ("name", "order", "indexName")
        join "MetadataName" n on n."projectId" = ${projectId}::uuid and n."name" = w."name"
        join "Project" p on p."id" = ${projectId}::uuid and p."nextPosition" >= ${MIN_RECORDS} and p."archivedAt" is null
        where (select count(*) from "MetadataIndex" m where m."projectId" = ${projectId}::uuid) < ${MAX_PER_PROJECT}
        on conflict do nothing returning "name"`,
    );
    if (rows.length > 0) {
      await enqueue(tx, "build-metadata-indexes", { projectId }, { key: `metadata-indexes:${projectId}` });
      await enqueue(
        tx,
        "drop-metadata-indexes",
        {},
        { key: "drop-metadata-indexes", runAt: new Date(Date.now() + DAY) },
      );
    }
    return rows.map(({ name }) => name);
  });
}

async function noteUse(db: Db, projectId: string, used: readonly Wanted[]): Promise<void> {
  await execute(
    db,
    sql`update "MetadataIndex" m set "usedAt" = now()
      from unnest(${used.map(({ name }) => name)}::text[], ${used.map(({ order }) => order)}::text[]) as u ("name", "order")
      where m."projectId" = ${projectId}::uuid and m."name" = u."name" and m."order" = u."order"`,
  );
}
