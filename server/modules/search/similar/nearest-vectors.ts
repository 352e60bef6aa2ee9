import type { SimilarMethod } from "@/contracts/vectors";
import type { Db } from "@/server/platform/db";
import { joinSql, queryRows, rawSql, type Sql, sql } from "@/server/platform/sql";
import type { Targets } from "./target-vectors";

export type Neighbour = { id: string; similarity: number };
export type Nearest = { neighbours: Neighbour[]; method: SimilarMethod; compared: number };

export type NearestInput = {
  projectId: string;
  targets: Targets;
  limit: number;
  /** Condition on `"Record" r`. */
  filter: Sql;
  /** The targets themselves, which are no neighbours. */
  except: readonly string[];
};

/** So many vectors are compared one by one; of more, signatures choose which. */
export const EXACT = 5_000;
/** Of the nearest signatures so many are compared exactly; the tests say how many true neighbours that keeps. */
const CANDIDATES = 2_000;

/**
 * The records whose vectors point most nearly where those of the targets do: each one's similarity is its
 * cosine with the nearest target. To 5,000 vectors all are compared, beyond that the 2,000 whose signatures
 * differ least, so an answer takes bounded work at any size.
 */
export async function nearestVectors(db: Db, input: NearestInput): Promise<Nearest> {
  const { projectId, targets, filter, except } = input;
  const found = sql`from "RecordVector" v
    join "Record" r on r."projectId" = v."projectId" and r."id" = v."recordId"
    where v."projectId" = ${projectId}::uuid and v."name" = ${targets.name} and ${filter}
      and v."recordId" <> all(${except}::uuid[])`;
  const [counted] = await queryRows<{ count: number }>(
    db,
    sql`select count(*)::int as "count" from (select 1 ${found} limit ${EXACT + 1}) f`,
  );
  const count = counted?.count ?? 0;
  const exact = count <= EXACT;
  const neighbours = await compareExactly(
    db,
    input,
    exact ? sql`select v."recordId", v."values", v."norm" ${found}` : nearestSignatures(targets, found),
  );
  return { neighbours, method: exact ? "exact" : "signature", compared: exact ? count : CANDIDATES };
}

function nearestSignatures({ vectors }: Targets, found: Sql): Sql {
  const distances = vectors.map(({ signature }) => sql`bit_count(v."signature" # ${signature}::bit(256))`);
  return sql`select c."recordId", w."values", w."norm" from (
      select v."projectId", v."name", v."recordId" ${found}
      order by least(${joinSql(distances, ", ")}), v."recordId" limit ${CANDIDATES}) c
    join "RecordVector" w using ("projectId", "name", "recordId")`;
}

async function compareExactly(
  db: Db,
  { targets, limit }: NearestInput,
  candidates: Sql,
): Promise<Neighbour[]> {
  const cosines = targets.vectors.map(
    ({ values, norm }) =>
      sql`(select sum(p."x"::float8 * p."y") from unnest(c."values", ${values}::real[]) as p ("x", "y"))
        / (c."norm" * ${norm}::float8)`,
  );
  return queryRows<Neighbour>(
    db,
    sql`select s."id", s."similarity" from (
        select c."recordId" as "id", greatest(${joinSql(cosines, ", ", "null")})::float8 as "similarity"
        from (${candidates}) c ${rawSql("offset 0")}) s
      order by s."similarity" desc, s."id" limit ${limit}`,
  );
}
