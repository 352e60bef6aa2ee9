import type { z } from "zod";
import type { metadataPredicate } from "@/contracts/query";
import { rawSql, type Sql, sql } from "@/server/platform/sql";
import { compareMetadata } from "../compare-metadata";
import type { QueryScope } from "../query-scope";

/** One record metadata value as jsonb; null when absent, or hidden from this viewer. */
export function metadataField(name: string, { viewer }: QueryScope): Sql {
  if (viewer.kind === "annotator" && !viewer.shownMetadata.includes(name)) return rawSql("null::jsonb");
  return sql`(r."metadata" -> ${name}::text)`;
}

/** Records by one metadata value; what the viewer may not see is absent to them. */
export function compileMetadata({ metadata }: z.infer<typeof metadataPredicate>, scope: QueryScope): Sql {
  return compareMetadata(metadataField(metadata.name, scope), metadata.op, metadata.value);
}
