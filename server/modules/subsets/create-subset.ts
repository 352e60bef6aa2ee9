import type { Query } from "@/contracts/query";
import type { Subset } from "@/contracts/subsets";
import type { ProjectActor } from "@/server/modules/access";
import { countRecords, recordFilter, selectRecordIds } from "@/server/modules/search";
import { loadSight } from "@/server/modules/sight";
import { type Db, inTransaction } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import { execute, sql } from "@/server/platform/sql";
import { refuseUnknown } from "./refuse-unknown";
import { drawSample } from "./sample/draw-sample";
import { readSubset } from "./subset-repository";
import { type CreateSubsetInput, subsetSource } from "./subset-source";

/** Freezing a million records takes longer than an ordinary write. */
export const FREEZE_TIMEOUT = 120_000;

/**
 * Saves a set of records under a name. A static subset freezes what its query finds now, the first `limit` of
 * it in an order, or a sample; a live one keeps the query. A query can name only subsets that are there, and a
 * subset's query never changes, so none refers to itself.
 * @throws AppError `invalid_query`, `invalid`, `not_found` for listed records that aren't there
 */
export async function createSubset(db: Db, actor: ProjectActor, input: CreateSubsetInput): Promise<Subset> {
  const source = subsetSource(input);
  const { projectId, userId } = actor;
  const { name, kind, recordIds } = input;
  const id = newId();
  return inTransaction(
    db,
    async (tx) => {
      if (recordIds) await refuseUnknown(tx, actor, recordIds, "recordIds");
      await tx.subset.create({
        data: {
          id,
          projectId,
          name,
          kind,
          createdById: userId,
          // Listed records are the rows; the list would only be kept twice.
          ...(source && !recordIds ? { query: source } : {}),
        },
      });
      const count =
        kind === "static"
          ? await freeze(tx, actor, id, source, input)
          : await countRecords(tx, actor, source);
      await tx.subset.update({
        where: { projectId_id: { projectId, id } },
        data: { count, countedAt: new Date() },
      });
      return readSubset(tx, actor, id);
    },
    { timeoutMs: FREEZE_TIMEOUT },
  );
}

/** Writes the records of a static subset; how many. */
async function freeze(
  tx: Db,
  actor: ProjectActor,
  subsetId: string,
  source: Query | null,
  { sort, limit, sample }: CreateSubsetInput,
): Promise<number> {
  const { projectId } = actor;
  if (sample) {
    const filter = await recordFilter(tx, actor, source);
    const strata = await drawSample(tx, { sight: await loadSight(tx, actor), subsetId }, filter, sample);
    const from = strata.reduce((sum, { records }) => sum + records, 0);
    await tx.subset.update({
      where: { projectId_id: { projectId, id: subsetId } },
      data: { sample: { ...sample, from, strata } },
    });
    return strata.reduce((sum, { sampled }) => sum + sampled, 0);
  }
  const records = await selectRecordIds(tx, actor, source, { sort, limit });
  return execute(
    tx,
    sql`insert into "SubsetRecord" ("projectId", "subsetId", "recordId")
      select ${projectId}::uuid, ${subsetId}::uuid, s."id" from (${records}) s`,
  );
}
