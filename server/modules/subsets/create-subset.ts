import type { Query } from "@/contracts/query";
import type { Subset } from "@/contracts/subsets";
import type { ProjectActor } from "@/server/modules/access";
import { countRecords, selectRecordIds } from "@/server/modules/search";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { execute, rawSql, type Sql, sql } from "@/server/platform/sql";
import { readSubset } from "./subset-repository";
import { type CreateSubsetInput, subsetSource } from "./subset-source";

/** Freezing a million records takes longer than an ordinary write. */
const FREEZE_TIMEOUT = 120_000;

/**
 * Saves a set of records under a name. A static subset freezes what its query finds now, the first `limit` of
 * it in an order, or a sample; a live one keeps the query.
 * @throws AppError `invalid_query`, `invalid`, `not_found` for listed records that aren't there
 */
export async function createSubset(db: Db, actor: ProjectActor, input: CreateSubsetInput): Promise<Subset> {
  const source = subsetSource(input);
  const { projectId, userId } = actor;
  const { name, kind, sample } = input;
  const id = newId();
  return inTransaction(
    db,
    async (tx) => {
      const found = await countRecords(tx, actor, source);
      if (input.recordIds) refuseUnknown(input.recordIds, found);
      await tx.subset.create({
        data: {
          id,
          projectId,
          name,
          kind,
          createdById: userId,
          // Listed records are the rows; the list would only be kept twice.
          ...(source && !input.recordIds ? { query: source } : {}),
          ...(sample ? { sample: { ...sample, from: found } } : {}),
        },
      });
      if (kind === "static") {
        const count = await freeze(
          tx,
          projectId,
          id,
          await chosen(tx, actor, source, input),
          inclusion(sample, found),
        );
        await tx.subset.update({ where: { projectId_id: { projectId, id } }, data: { count } });
      }
      return readSubset(tx, actor, id);
    },
    { timeoutMs: FREEZE_TIMEOUT },
  );
}

/** A `select` with `id` of the records to freeze. */
async function chosen(
  tx: Db,
  actor: ProjectActor,
  source: Query | null,
  { sort, limit, sample }: CreateSubsetInput,
): Promise<Sql> {
  const all = await selectRecordIds(tx, actor, source, { sort, limit });
  if (!sample) return all;
  // The order of a seeded hash is a random order that anybody can make again from the same records and seed.
  return sql`select f."id" from (${all}) f order by md5(${String(sample.seed)} || ':' || f."id"::text), f."id"
    limit ${sample.size}::bigint`;
}

const inclusion = (sample: CreateSubsetInput["sample"], found: number): Sql =>
  sample && found > 0 ? sql`${Math.min(1, sample.size / found)}::float8` : rawSql("null::float8");

const freeze = (tx: Db, projectId: string, subsetId: string, records: Sql, share: Sql): Promise<number> =>
  execute(
    tx,
    sql`insert into "SubsetRecord" ("projectId", "subsetId", "recordId", "inclusion")
      select ${projectId}::uuid, ${subsetId}::uuid, s."id", ${share} from (${records}) s`,
  );

function refuseUnknown(recordIds: readonly string[], found: number): void {
  const wanted = new Set(recordIds.map((id) => id.toLowerCase())).size;
  if (found < wanted)
    throw new AppError(
      "not_found",
      `${wanted - found} of the ${wanted} records don't exist. Nothing was saved.`,
      {
        errors: [{ path: "recordIds", message: "names records that don't exist" }],
      },
    );
}
