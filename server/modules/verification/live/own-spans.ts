import { ensureAnnotator, lockOwnLabels } from "@/server/modules/annotations";
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
  const ordered = [...people].sort((one, other) => (one.userId < other.userId ? -1 : 1));
  for (const { userId, userName } of ordered) {
    await ensureAnnotator(tx, { projectId, id: userId, kind: "user", name: userName });
    await lockOwnLabels(tx, { projectId, userId });
  }
  await sqlRows(
    tx,
    `select pg_advisory_xact_lock(hashtext('span keys'), g."group")::text
     from (select distinct abs(hashtext(k) % ${KEY_GROUPS}) as "group" from unnest($1::text[]) k order by 1) g`,
    [keys],
  );
  return sqlRows<StandingLabel>(
    tx,
    `select a."id", a."recordId", a."annotatorId", a."labelName" as "label", a."start", a."end" from "Annotation" a
     where a."projectId" = $1::uuid and a."recordId" = any($2::uuid[]) and a."annotatorId" = any($3::uuid[])
       and a."labelName" = $4
     union
     select a."id", a."recordId", a."annotatorId", a."labelName", a."start", a."end" from "Annotation" a
     where a."id" = any($5::uuid[])`,
    [projectId, recordIds, people.map(({ userId }) => userId), label, keys],
  );
}
