import type { SessionItemFilter } from "@/contracts/sessions";
import type { ProjectActor } from "@/server/modules/access";
import { type Sight, wordsInSight } from "@/server/modules/sight";
import { joinSql, rawSql, type Sql, sql } from "@/server/platform/sql";

type Eyes = {
  actor: ProjectActor;
  sight: Sight;
  /** The condition on `"Record" r` that the words asked for make. */
  text: Sql | null;
};

/**
 * A reviewer's filter as a condition over {@link itemTables}. What is hidden from them satisfies nothing that is asked
 * about it.
 */
export function itemFilter(filter: Omit<SessionItemFilter, "keyword" | "match">, eyes: Eyes): Sql {
  const { state, confFrom, confBelow, value, chosen, reviewer, flagged } = filter;
  return joinSql(
    [
      ...(state ? [ofState(state, eyes.actor)] : []),
      ...(confFrom === undefined ? [] : [sql`sight."seen" and a."conf" >= ${confFrom}::float8`]),
      ...(confBelow === undefined ? [] : [sql`sight."seen" and a."conf" < ${confBelow}::float8`]),
      ...(value === undefined ? [] : [sql`sight."seen" and ${value}::text = any(a."value")`]),
      ...(chosen === undefined ? [] : [sql`v."status" is not null and ${chosen}::text = any(v."value")`]),
      ...(reviewer === undefined ? [] : [sql`v."status" is not null and v."verifierId" = ${reviewer}::uuid`]),
      ...(flagged === undefined ? [] : [sql`${isFlagged(eyes)} = ${flagged}::bool`]),
      ...(eyes.text ? [eyes.text] : []),
    ],
    " and ",
    "true",
  );
}

/** An open flag on the record that the asker may see. */
const isFlagged = ({ actor, sight }: Eyes): Sql =>
  sql`exists (select 1 from "RecordFlag" f where f."projectId" = i."projectId" and f."recordId" = i."recordId"
    and f."state" = 'open' and (f."authorId" = ${actor.userId}::uuid
      or ${wordsInSight(sight, rawSql(`i."recordId"`))}))`;

function ofState(state: NonNullable<SessionItemFilter["state"]>, { userId }: ProjectActor): Sql {
  if (state === "unverified") return rawSql(`v."status" is null`);
  if (state === "verified") return rawSql(`v."status" is not null`);
  if (state === "undecided-by-me")
    return sql`(select mine."status" from "Verification" mine where mine."projectId" = i."projectId"
      and mine."sessionId" = i."sessionId" and mine."annotationId" = i."annotationId"
      and mine."verifierId" = ${userId}::uuid order by mine."createdAt" desc, mine."id" desc limit 1) is null`;
  const told = rawSql(state === "UNSURE" ? "true" : `sight."seen"`);
  return sql`${told} and v."status" = ${state}::"VerificationStatus"`;
}
