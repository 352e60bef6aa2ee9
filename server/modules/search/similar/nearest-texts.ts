import type { Db } from "@/server/platform/db";
import { joinSql, queryRows, type Sql, sql } from "@/server/platform/sql";
import { containsFolded } from "../predicates/keyword";
import type { Nearest, Neighbour } from "./nearest-vectors";

/** Of each text so many words choose what is compared: the longest, which are mostly the rarest. */
const WORDS = 6;
const SHORTEST = 3;
/** Records of each word. */
const PER_WORD = 300;
/** Characters looked at. */
const LOOKED_AT = 2_000;

export type NearestTextsInput = {
  texts: readonly string[];
  limit: number;
  filter: Sql;
  except: readonly string[];
};

/**
 * The records whose wording is nearest to that of the texts, by the share of common trigrams (pg_trgm). Compared
 * are those that hold one of a text's longest words, so that a bounded part of any project is read.
 */
export async function nearestTexts(
  db: Db,
  { texts, limit, filter, except }: NearestTextsInput,
): Promise<Nearest> {
  const words = [...new Set(texts.flatMap(longestWords))];
  if (words.length === 0) return { neighbours: [], method: "text", compared: 0 };
  const candidates = words.map(
    (word) => sql`(select r."id", r."content" from "Record" r
      where ${filter} and ${containsFolded(word)} and r."id" <> all(${except}::uuid[])
      order by r."position" limit ${PER_WORD})`,
  );
  const similarities = texts.map(
    (text) => sql`similarity(left(c."content", ${LOOKED_AT}), ${text.slice(0, LOOKED_AT)})`,
  );
  const rows = await queryRows<Neighbour & { compared: number }>(
    db,
    sql`select s."id", s."similarity", (count(*) over ())::int as "compared" from (
        select c."id", greatest(${joinSql(similarities, ", ")})::float8 as "similarity"
        from (${joinSql(candidates, " union ")}) c) s
      order by s."similarity" desc, s."id" limit ${limit}`,
  );
  return {
    neighbours: rows.map(({ id, similarity }) => ({ id, similarity })),
    method: "text",
    compared: rows[0]?.compared ?? 0,
  };
}

/** The longest words of a text, longest first. */
function longestWords(text: string): string[] {
  const words = new Set(
    text
      .slice(0, LOOKED_AT)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [],
  );
  return [...words]
    .filter((word) => word.length >= SHORTEST)
    .toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1))
    .slice(0, WORDS);
}
