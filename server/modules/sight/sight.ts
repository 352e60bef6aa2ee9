import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { queryRows, rawSql, type Sql, sql } from "@/server/platform/sql";

/**
 * What one person may not see yet. While an independent session is open, a verdict in it is hidden from others until
 * they have decided on the same label; while a session with blind labels is open, such a label, and what others made of
 * it, is hidden until one has decided. Sessions that hide nothing aren't named, so that mostly nothing is asked.
 */
export type Sight = {
  projectId: string;
  userId: string;
  /** Open independent sessions. */
  independent: readonly string[];
  /** Open sessions with blind labels. */
  blind: readonly string[];
};

type Hiding = { id: string; independent: boolean; blind: boolean };

/**
 * What is hidden from the actor now.
 * @param asReviewer inside a session, where an administrator who decides is a person as any other; elsewhere nothing
 * is hidden from administrators
 */
export async function loadSight(
  db: Db,
  { projectId, userId, role }: Pick<ProjectActor, "projectId" | "userId" | "role">,
  { asReviewer = false }: { asReviewer?: boolean } = {},
): Promise<Sight> {
  const sessions =
    role === "administrator" && !asReviewer
      ? []
      : await queryRows<Hiding>(
          db,
          sql`select s."id", s."mode" = 'independent' as "independent", s."blindShare" > 0 as "blind"
            from "VerificationSession" s where s."projectId" = ${projectId}::uuid and s."state" = 'open'
              and (s."mode" = 'independent' or s."blindShare" > 0)`,
        );
  return {
    projectId,
    userId,
    independent: sessions.filter(({ independent }) => independent).map(({ id }) => id),
    blind: sessions.filter(({ blind }) => blind).map(({ id }) => id),
  };
}

/** The condition that the person may see the verdict `v` of a table `"Verification"` under that alias. */
export function verdictInSight({ projectId, userId, independent, blind }: Sight, alias = "v"): Sql {
  if (independent.length === 0 && blind.length === 0) return rawSql("true");
  const v = (column: string) => rawSql(`${alias}."${column}"`);
  const decided = hasDecided({ projectId, userId }, v("sessionId"), v("annotationId"));
  return sql`(${v("verifierId")} = ${userId}::uuid
    or ((${v("sessionId")} is null or ${v("sessionId")} <> all(${independent}::uuid[]) or ${decided})
      and ${labelInSight({ projectId, userId, independent, blind }, v("annotationId"))}))`;
}

/**
 * The condition that the person may see a label: what it says, how sure it is, and anything that follows from it.
 * @param annotationId an expression
 */
export function labelInSight(sight: Sight, annotationId: Sql = rawSql(`a."id"`)): Sql {
  if (hidesNothing(sight)) return rawSql("true");
  const blind = sql`not exists (select 1 from "SessionItem" hiding where ${isBlindTo(sight)}
    and hiding."annotationId" = ${annotationId})`;
  return sight.independent.length === 0
    ? blind
    : sql`(${blind} and not exists (select 1 from ${spansOfOthers(sight, annotationId)}))`;
}

/**
 * Spans that others mark in a text say what they made of it, as their verdicts do: while an independent session is
 * about such spans, they are hidden until one has decided on all that is in the text.
 */
const spansOfOthers = (sight: Sight, annotationId: Sql): Sql =>
  sql`"Annotation" said
    join "Annotator" sayer on sayer."projectId" = said."projectId" and sayer."id" = said."annotatorId"
      and sayer."kind" = 'user' and sayer."id" <> ${sight.userId}::uuid
    where said."projectId" = ${sight.projectId}::uuid and said."id" = ${annotationId} and said."level" = 'span'
      and exists (select 1 from ${undecidedOn({ ...sight, blind: [] }, rawSql(`said."recordId"`))}
        and its."labelName" = said."labelName")`;

/**
 * The condition that the person may see an event of the history of labels, whose label may be gone: what somebody
 * marked and took away again tells what they made of a text all the same.
 */
export const labelEventInSight = (sight: Sight, alias = "e"): Sql =>
  sql`(${labelInSight(sight, rawSql(`${alias}."annotationId"`))} and ${responseInSight(sight, alias)})`;

/**
 * The condition that the person may see what somebody answered in place of a label, where an independent session is
 * about spans: as {@link spansOfOthers}.
 * @param alias of a table with `annotatorId`, `recordId` and `labelName`
 */
export function responseInSight(sight: Sight, alias: string): Sql {
  if (sight.independent.length === 0) return rawSql("true");
  const said = (column: string) => rawSql(`${alias}."${column}"`);
  return sql`(${said("annotatorId")} = ${sight.userId}::uuid
    or not exists (select 1 from ${undecidedOn({ ...sight, blind: [] }, said("recordId"))}
      and its."labelName" = ${said("labelName")} and exists (select 1 from "Annotation" judged
        where judged."projectId" = hiding."projectId" and judged."id" = hiding."annotationId"
          and judged."level" = 'span'))
    or not exists (select 1 from "Annotator" sayer where sayer."projectId" = ${sight.projectId}::uuid
      and sayer."id" = ${said("annotatorId")} and sayer."kind" = 'user'))`;
}

/**
 * The condition that the person may see what a job answered for a record: none of its labels there is hidden.
 * @param recordId an expression
 * @param jobId an expression
 */
export function answerInSight(sight: Sight, recordId: Sql, jobId: Sql): Sql {
  if (sight.blind.length === 0) return rawSql("true");
  return sql`not exists (select 1 from "SessionItem" hiding
    join "Annotation" hidden on hidden."projectId" = hiding."projectId" and hidden."id" = hiding."annotationId"
    where ${isBlindTo(sight)} and hiding."recordId" = ${recordId} and hidden."annotatorId" = ${jobId})`;
}

/**
 * The condition that the person may see what is derived from a record's labels and verdicts of one name: a final label.
 * @param recordId an expression
 * @param label an expression
 */
export function outcomeInSight(sight: Sight, recordId: Sql, label: Sql): Sql {
  if (hidesNothing(sight)) return rawSql("true");
  return sql`not exists (select 1 from ${undecidedOn(sight, recordId)} and its."labelName" = ${label})`;
}

/**
 * The condition that the person may read what others say in words about a record, which may give away any of its
 * labels: they have decided on all that is hidden there.
 * @param recordId an expression
 */
export function wordsInSight(sight: Sight, recordId: Sql): Sql {
  if (hidesNothing(sight)) return rawSql("true");
  return sql`not exists (select 1 from ${undecidedOn(sight, recordId)})`;
}

const hidesNothing = ({ independent, blind }: Sight): boolean =>
  independent.length === 0 && blind.length === 0;

/** What is hidden of a record, in sessions `its`, on which the person has yet to decide. */
const undecidedOn = (sight: Sight, recordId: Sql): Sql =>
  sql`"SessionItem" hiding
    join "VerificationSession" its on its."projectId" = hiding."projectId" and its."id" = hiding."sessionId"
    where hiding."projectId" = ${sight.projectId}::uuid and hiding."recordId" = ${recordId}
      and (hiding."sessionId" = any(${sight.independent}::uuid[])
        or (hiding."sessionId" = any(${sight.blind}::uuid[]) and hiding."blind"))
      and not ${hasDecided(sight, rawSql(`hiding."sessionId"`), rawSql(`hiding."annotationId"`))}`;

/** Over `"SessionItem" hiding`: it is blind, and the person has not decided on it. */
const isBlindTo = (sight: Sight): Sql =>
  sql`hiding."projectId" = ${sight.projectId}::uuid and hiding."sessionId" = any(${sight.blind}::uuid[])
    and hiding."blind" and not ${hasDecided(sight, rawSql(`hiding."sessionId"`), rawSql(`hiding."annotationId"`))}`;

/** A committed verdict of the person's own, also one that stands no more: what it uncovered has been seen. */
const hasDecided = (
  { projectId, userId }: Pick<Sight, "projectId" | "userId">,
  sessionId: Sql,
  annotationId: Sql,
): Sql =>
  sql`exists (select 1 from "Verification" own where own."projectId" = ${projectId}::uuid
    and own."annotationId" = ${annotationId} and own."sessionId" = ${sessionId}
    and own."verifierId" = ${userId}::uuid and own."status" is not null)`;
