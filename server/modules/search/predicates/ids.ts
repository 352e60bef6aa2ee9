import type { z } from "zod";
import type { externalIdsPredicate, idsPredicate } from "@/contracts/query";
import { type Sql, sql } from "@/server/platform/sql";

export const compileIds = ({ ids }: z.infer<typeof idsPredicate>): Sql => sql`r."id" = any(${ids}::uuid[])`;

export const compileExternalIds = ({ externalIds }: z.infer<typeof externalIdsPredicate>): Sql =>
  sql`r."externalId" = any(${externalIds}::text[])`;
