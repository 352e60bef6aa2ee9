import type { ProjectActor } from "@/server/modules/access";
import { recordFilter } from "@/server/modules/search";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { queryRows, rawSql, type Sql, sql } from "@/server/platform/sql";

export type ChosenRecord = {
  recordId: string;
  externalId: string;
  content: string;
  metadata: Record<string, unknown>;
};

export type RecordChoice = {
  /** These, in this order. */
  recordIds?: string[] | undefined;
  /** Else those of a subset, else of the project. */
  subsetId?: string | undefined;
  limit: number;
  /** Left out of those in order. */
  offset?: number | undefined;
  order: "position" | { seed: number };
};

const COLUMNS = `r."id" as "recordId", r."externalId", r."content", r."metadata"`;

/** Records to show a prompt on. @throws AppError `invalid` for a record or subset that the project does not have */
export async function readChosenRecords(
  db: Db,
  actor: ProjectActor,
  { recordIds, subsetId, limit, offset = 0, order }: RecordChoice,
): Promise<ChosenRecord[]> {
  if (recordIds && recordIds.length > 0) return readNamed(db, actor, recordIds.slice(0, limit));
  const filter = await recordFilter(db, actor, subsetId === undefined ? null : { subset: subsetId });
  return queryRows<ChosenRecord>(
    db,
    sql`select ${rawSql(COLUMNS)} from "Record" r where ${filter}
      order by ${order === "position" ? rawSql(`r."position"`) : shuffled(order)}
      limit ${limit}::int offset ${offset}::int`,
  );
}

/** An order that a seed gives, the same whenever it is asked for. */
const shuffled = ({ seed }: { seed: number }): Sql => sql`md5(${String(seed)}::text || r."id"::text)`;

async function readNamed(db: Db, actor: ProjectActor, ids: string[]): Promise<ChosenRecord[]> {
  const filter = await recordFilter(db, actor, { ids });
  const found = await queryRows<ChosenRecord>(
    db,
    sql`select ${rawSql(COLUMNS)} from "Record" r where ${filter}`,
  );
  return ids.map((id, index) => {
    const record = found.find(({ recordId }) => recordId === id);
    if (record) return record;
    throw new AppError("invalid", `This project has no record ${id}.`, {
      errors: [{ path: `recordIds.${index}`, message: "is no record of this project" }],
    });
  });
}
