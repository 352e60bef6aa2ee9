import { ensureAnnotator } from "@/server/modules/annotations";
import { type Db, sqlRows } from "@/server/platform/db";
import type { RoomRef } from "./open-room";

/** A label as it stands in the rows, as far as spans that somebody marks may meet it. */
export type StandingLabel = {
  id: string;
  recordId: string;
  annotatorId: string;
  label: string;
  start: number;
  end: number;
};

/** What people are about to mark. */
export type SpanQuestion = {
  label: string;
  people: readonly { userId: string; userName: string }[];
  recordIds: readonly string[];
  /** Keys that shall be ids of labels. */
  keys: readonly string[];
};

/** Keys are locked in so many groups: a lock each could be more than a database holds. */
const KEY_GROUPS = 64;

/**
 * What the rows hold that spans may meet: these people's own spans in these records, and whatever has one of these
 * ids. Until the transaction ends nobody else changes the first, and nobody marks a span under one of the ids.
 */
export async function lockOwnSpans(
  tx: Db,
  { projectId }: Pick<RoomRef, "projectId">,
  { label, people, recordIds, keys }: SpanQuestion,
): Promise<StandingLabel[]> {
  const userIds = people.map(({ userId }) => userId);
  if ((await lockPeopleAndKeys(tx, projectId, userIds, keys)) < people.length) {
    for (const { userId, userName } of people)
      await ensureAnnotator(tx, { projectId, id: userId, kind: "user", name: userName });
    await lockPeopleAndKeys(tx, projectId, userIds, keys);
  }
  return sqlRows<StandingLabel>(
    tx,
    `select a."id", a."recordId", a."annotatorId", a."labelName" as "label", a."start", a."end" from "Annotation" a
     where a."projectId" = $1::uuid and a."recordId" = any($2::uuid[]) and a."annotatorId" = any($3::uuid[])
       and a."labelName" = $4
     union
     select a."id", a."recordId", a."annotatorId", a."labelName", a."start", a."end" from "Annotation" a
     where a."id" = any($5::uuid[])`,
    [projectId, recordIds, userIds, label, keys],
  );
}

/**
 * The labels of these people as `lockOwnLabels` takes them, always in one order, and after them the ids' groups: in one
 * statement, for the way to the database costs more than they do.
 * @returns how many of the people have their annotator's row, and so are held
 */
async function lockPeopleAndKeys(
  tx: Db,
  projectId: string,
  userIds: readonly string[],
  keys: readonly string[],
): Promise<number> {
  const [found] = await sqlRows<{ held: number }>(
    tx,
    `with held as materialized (
       select 1 from "Annotator" t where t."projectId" = $1::uuid and t."id" = any($2::uuid[]) order by t."id" for update
     ), groups as materialized (
       select distinct abs(hashtext(k) % ${KEY_GROUPS}) as "group" from unnest($3::text[]) k order by 1
     ), keyed as materialized (
       select pg_advisory_xact_lock(hashtext('span keys'), g."group")
       from groups g cross join (select count(*) from held) after
     )
     select (select count(*) from held)::int as "held" from (select count(*) from keyed) done`,
    [projectId, userIds, keys],
  );
  return found?.held ?? 0;
}
