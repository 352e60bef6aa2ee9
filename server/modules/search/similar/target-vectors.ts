import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { queryRows, sql } from "@/server/platform/sql";

/** The vectors that neighbours are looked for of, as PostgreSQL writes them, under one name. */
export type Targets = {
  name: string;
  dimensions: number;
  /** Of these alone: records without a vector are left out. */
  vectors: { recordId: string; values: string; norm: number; signature: string }[];
};

/**
 * The vectors of records under the name asked for, else under the newest name that any of them has.
 * @returns null when no name was asked for and none of them has a vector
 * @throws AppError `invalid` for a name that no record has, or none of these
 */
export async function targetVectors(
  db: Db,
  projectId: string,
  recordIds: readonly string[],
  name: string | undefined,
): Promise<Targets | null> {
  const spaces = await queryRows<{ name: string; dimensions: number }>(
    db,
    sql`select s."name", s."dimensions" from "VectorSpace" s
      where s."projectId" = ${projectId}::uuid and (${name ?? null}::text is null or s."name" = ${name ?? null})
        and exists (select 1 from "RecordVector" v where v."projectId" = s."projectId" and v."name" = s."name"
          and v."recordId" = any(${recordIds}::uuid[]))
      order by s."createdAt" desc, s."name" collate "C" limit 1`,
  );
  const [space] = spaces;
  if (!space) {
    if (name === undefined) return null;
    throw new AppError("invalid", `None of these records has a vector "${name}".`, {
      errors: [{ path: "metadata", message: "is no name of vectors that these records have" }],
    });
  }
  const vectors = await queryRows<Targets["vectors"][number]>(
    db,
    sql`select "recordId", "values"::text as "values", "norm"::float8 as "norm", "signature"::text as "signature"
      from "RecordVector" where "projectId" = ${projectId}::uuid and "name" = ${space.name}
        and "recordId" = any(${recordIds}::uuid[]) order by "recordId"`,
  );
  return { ...space, vectors };
}
