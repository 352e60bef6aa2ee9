import type { Db } from "@/server/platform/db";
import { queryRows, type Sql, sql } from "@/server/platform/sql";

/** Records chosen at random, each with the same chance. */
export type RecordSample = {
  /** Whether `"Record" r` was chosen. */
  condition: Sql;
  /** How many were chosen … */
  sampled: number;
  /** … of how many, deleted ones among both. */
  of: number;
};

/** Enough for shares within 0.7 points, and decided in seconds. */
const SIZE = 20_000;

/** Draws records of a project by their places, without reading the others. */
export async function drawRecords(db: Db, projectId: string): Promise<RecordSample> {
  const [frame] = await queryRows<{ first: number; last: number; count: number }>(
    db,
    sql`select coalesce(min(r."position"), 0)::float8 as "first", coalesce(max(r."position"), 0)::float8 as "last",
        count(*)::int as "count"
      from "Record" r where r."projectId" = ${projectId}::uuid`,
  );
  const { first = 0, last = 0, count = 0 } = frame ?? {};
  const places = drawPlaces(first, last, count);
  const condition = sql`r."position" = any(${places}::bigint[])`;
  const [chosen] = await queryRows<{ sampled: number }>(
    db,
    sql`select count(*)::int as "sampled" from "Record" r
      where r."projectId" = ${projectId}::uuid and ${condition}`,
  );
  return { condition, sampled: chosen?.sampled ?? 0, of: count };
}

/** Some places stay empty, since a failed import leaves gaps: as many more are drawn. */
function drawPlaces(first: number, last: number, count: number): number[] {
  const width = last - first + 1;
  const wanted = Math.min(width, Math.ceil((SIZE * width) / Math.max(1, count)));
  const places = new Set<number>();
  while (places.size < wanted) places.add(first + Math.floor(Math.random() * width));
  return [...places];
}

/** A count in the sample as one of all records, rounded. */
export const scaleUp = (count: number, { sampled, of }: RecordSample): number =>
  sampled === 0 ? 0 : Math.round((count * of) / sampled);
