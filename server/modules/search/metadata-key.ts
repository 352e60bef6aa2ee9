import { rawSql, type Sql, sql } from "@/server/platform/sql";

/** Texts are ordered by so many first code points, then by position: a cursor has to carry the value. */
export const SORTED_PREFIX = 256;

/** The place of a metadata value's type in an ascending order. */
export const typeRank = { number: 1, string: 2, boolean: 3 } as const;

/** What stands for one metadata value in an order, and in its index. None is ever null. */
type MetadataKey = {
  /** int: 1 for an absent value or JSON null, else 0. */
  absent: Sql;
  /** int: numbers, texts, booleans, then everything else. */
  rank: Sql;
  /** numeric: 0 for other types. */
  number: Sql;
  /** text, compared by code point: of a text its first code points, of a boolean its name, else empty. */
  text: Sql;
};

/** @param field a jsonb expression that may be null */
export function metadataKey(field: Sql): MetadataKey {
  const type = sql`jsonb_typeof(${field})`;
  return {
    absent: sql`((coalesce(${type}, 'null') = 'null')::int)`,
    rank: sql`(case ${type} when 'number' then 1 when 'string' then 2 when 'boolean' then 3 else 4 end)`,
    number: sql`(case ${type} when 'number' then (${field})::numeric else 0 end)`,
    text: sql`((case ${type} when 'string' then left(${field} #>> '{}', ${rawSql(String(SORTED_PREFIX))})
      when 'boolean' then ${field} #>> '{}' else '' end) collate "C")`,
  };
}
