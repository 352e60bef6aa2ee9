import pg from "pg";
import { sha256 } from "@/server/platform/crypto";
import { joinSql, rawSql, renderSql, type Sql } from "@/server/platform/sql";
import { alignDirections, metadataColumns } from "../sort-columns";

/** Which index: one metadata name of one project, in one direction. */
export type MetadataIndexKey = { projectId: string; name: string; order: "asc" | "desc" };

/** What the names of all such indexes begin with. */
export const INDEX_PREFIX = "Record_metadata_";

const hash = (parts: readonly string[]) => sha256(JSON.stringify(parts)).slice(0, 32);

/** Safe as an identifier whatever the name holds, and short enough for PostgreSQL. */
export const indexNameOf = ({ projectId, name, order }: MetadataIndexKey): string =>
  INDEX_PREFIX + hash([projectId, name, order]);

/** Statistics say how frequent the values of a name are, in all projects. */
export const statisticsNameOf = (name: string): string => `${INDEX_PREFIX}${hash([name])}_values`;

/** The statement that builds the index beside the writes that go on. It is no part of a transaction. */
export function createIndexStatement(key: MetadataIndexKey): string {
  const columns = alignDirections([
    ...metadataColumns(fieldOf(key.name), key.order),
    { expression: rawSql(`"position"`), type: "bigint", order: "asc" },
  ]);
  return `create index concurrently "${indexNameOf(key)}" on "Record" (${listOf(columns.map(({ expression }) => expression))})
    where "projectId" = ${pg.escapeLiteral(key.projectId)}::uuid and "deletedAt" is null`;
}

export function createStatisticsStatement(name: string): string {
  const expressions = metadataColumns(fieldOf(name), "asc").map(({ expression }) => expression);
  return `create statistics if not exists "${statisticsNameOf(name)}" on ${listOf(expressions)} from "Record"`;
}

const fieldOf = (name: string): Sql => rawSql(`("metadata" -> ${pg.escapeLiteral(name)}::text)`);

const listOf = (expressions: readonly Sql[]): string =>
  renderSql(
    joinSql(
      expressions.map((expression) => joinSql([rawSql("("), expression, rawSql(")")], "")),
      ", ",
    ),
  ).text;
