import type { Query } from "@/contracts/query";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { queryRows, sql } from "@/server/platform/sql";
import { predicatesOf } from "../query-references";
import { withinTime } from "../time-limit";
import { translateRegex } from "./translate-regex";

/** PostgreSQL reads any expression that a person would write in a few milliseconds. */
const READING_MILLISECONDS = 1000;

/**
 * Lets PostgreSQL read each expression of a query before anything is searched with it: a short one can stand
 * for more states than it takes, or takes in time.
 * @throws AppError `unsupported_regex` with the path of the first such expression
 */
export async function tryRegexes(db: Db, query: Query | null): Promise<void> {
  for (const { predicate, path } of predicatesOf(query))
    if ("regex" in predicate) {
      const translated = translateRegex(predicate.regex, predicate.flags);
      if ("pattern" in translated && (await isReadable(db, translated.pattern))) continue;
      const message = "is too large for the database; write smaller repetitions";
      throw new AppError("unsupported_regex", `The regular expression can't be used: it ${message}.`, {
        errors: [{ path: `${path}.regex`, message }],
      });
    }
}

async function isReadable(db: Db, pattern: string): Promise<boolean> {
  try {
    const read = await withinTime(db, READING_MILLISECONDS, (tx) =>
      queryRows(tx, sql`select '' collate "C" ~ ${pattern}::text as "found"`),
    );
    return read !== null;
  } catch (error) {
    if (error instanceof Error && /2201B|invalid regular expression/.test(error.message)) return false;
    throw error;
  }
}
