import { rawSql, type Sql, sql } from "@/server/platform/sql";

/** Another verdict that the reader may know of, by the alias of its row. */
type InSight = (alias: string) => Sql;

/**
 * Whether `"Verification" v` can't be right together with another one that stands: on labels of several jobs for the same
 * record, by the same person, or in a shared session by anybody. What holds for the record holds for each job's label,
 * so two different values contradict each other, and neither says how good a job is. Of spans several are right.
 */
export const contradicts = (jobIds: Sql, inSight: InSight): Sql =>
  sql`(cardinality(${jobIds}) > 1 and exists (select from "Verification" o
    where o."projectId" = v."projectId" and o."recordId" = v."recordId" and o."sessionId" = v."sessionId"
      and o."current" and o."status" in ('CONFIRMS', 'CORRECTS') and o."annotationId" <> v."annotationId"
      and (v."inSharedSession" or o."verifierId" = v."verifierId")
      and not (o."value" @> v."value" and o."value" <@ v."value") and ${inSight("o")})
    and exists (select from "Annotation" l where l."projectId" = v."projectId" and l."id" = v."annotationId"
      and l."level" = 'record'))`;

/** Whether `"Verification" v` was made by looking at its label; figures with intervals rest on nothing else. */
export const LOOKED_AT = rawSql(`not v."together"`);
