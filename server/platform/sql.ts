import { type Db, sqlRows, sqlRun } from "./db";

/** What PostgreSQL receives as a parameter; give its type in the statement (`${ids}::uuid[]`). */
export type SqlParameter = string | number | boolean | null | readonly string[] | readonly number[];

/** A piece of SQL with its values apart. Pieces nest; numbers are given when the whole is rendered. */
export type Sql = { readonly strings: readonly string[]; readonly values: readonly SqlParameter[] };

const isSql = (part: Sql | SqlParameter): part is Sql =>
  typeof part === "object" && part !== null && "strings" in part;

/** Builds a piece of SQL: pieces are put in place, everything else becomes a parameter and never text. */
export function sql(template: TemplateStringsArray, ...parts: (Sql | SqlParameter)[]): Sql {
  const strings = [template[0] ?? ""];
  const values: SqlParameter[] = [];
  const append = (text: string) => strings.push((strings.pop() ?? "") + text);
  parts.forEach((part, index) => {
    if (isSql(part)) {
      append(part.strings[0] ?? "");
      strings.push(...part.strings.slice(1));
      values.push(...part.values);
    } else {
      values.push(part);
      strings.push("");
    }
    append(template[index + 1] ?? "");
  });
  return { strings, values };
}

/** Text that the program itself wrote (an operator, a column). Never what a caller sent. */
export const rawSql = (text: string): Sql => ({ strings: [text], values: [] });

/** Joins pieces with `separator`; no pieces give `empty`. */
export function joinSql(pieces: readonly Sql[], separator: string, empty = ""): Sql {
  const [first, ...rest] = pieces;
  if (!first) return rawSql(empty);
  const between = rawSql(separator);
  return rest.reduce((joined, piece) => sql`${joined}${between}${piece}`, first);
}

/** The statement with `$1`, `$2`, … and its parameters in that order. */
export function renderSql({ strings, values }: Sql): { text: string; params: SqlParameter[] } {
  const text = strings.map((string, index) => (index === 0 ? string : `$${index}${string}`)).join("");
  return { text, params: [...values] };
}

/** The rows of a statement; how column types arrive is said at `sqlRows`. */
export function queryRows<T>(db: Db, statement: Sql): Promise<T[]> {
  const { text, params } = renderSql(statement);
  return sqlRows<T>(db, text, params);
}

/** Runs a statement; the number of rows it changed. */
export function execute(db: Db, statement: Sql): Promise<number> {
  const { text, params } = renderSql(statement);
  return sqlRun(db, text, params);
}
