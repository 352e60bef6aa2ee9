import type { z } from "zod";
import type { listPeopleInput, Mentionable } from "@/contracts/discussions";
import type { Mentioned } from "@/contracts/mentions";
import { can, type ProjectActor, seesOnlyOwn } from "@/server/modules/access";
import { whoReaches } from "@/server/modules/search";
import type { Db } from "@/server/platform/db";
import { queryRows, rawSql, type Sql, sql } from "@/server/platform/sql";
import { requireRecord } from "../require-record";

const OFFERED = 20;
/** Looked at before those who don't reach the record are left out. */
const CONSIDERED = 60;

/**
 * Whom the actor may mention in a comment on a record: live members who see it, by a part of their name, those whose
 * name begins with it first. Never the actor.
 * @throws AppError `not_found` for a record that the actor does not reach
 */
export async function listMentionablePeople(
  db: Db,
  actor: ProjectActor,
  { recordId, q = "" }: Omit<z.infer<typeof listPeopleInput>, "project">,
): Promise<{ items: Mentionable[] }> {
  await requireRecord(db, actor, recordId);
  const named = sql`position(lower(${q}::text) in lower(u."name")) > 0`;
  const people = await findMembers(db, actor, recordId, {
    condition: named,
    order: sql`starts_with(lower(u."name"), lower(${q}::text)) desc, m."role" = 'annotator', u."name", u."id"`,
  });
  const seeing = await whoSee(db, actor.projectId, recordId, people);
  const maySeeAddress = can(actor, "members:read");
  return {
    items: seeing
      .slice(0, OFFERED)
      .map((person) => ({ ...person, email: maySeeAddress ? person.email : null })),
  };
}

/** Those of `userIds` whom the actor may mention there, and the names of members who just don't see the record. */
export async function splitMentioned(
  db: Db,
  actor: ProjectActor,
  { recordId, userIds }: { recordId: string; userIds: readonly string[] },
): Promise<{ seeing: Set<string>; blind: Mentioned[] }> {
  const people = await findMembers(db, actor, recordId, {
    condition: sql`u."id" = any(${userIds}::uuid[])`,
    order: rawSql(`u."id"`),
  });
  const seeing = new Set((await whoSee(db, actor.projectId, recordId, people)).map(({ id }) => id));
  return { seeing, blind: people.filter(({ id }) => !seeing.has(id)) };
}

/**
 * Live members. An annotator is told of the team, and of other annotators only of those with whom a session that
 * holds the record was opened to both: who else labels a record is not theirs to know.
 */
function findMembers(
  db: Db,
  actor: ProjectActor,
  recordId: string,
  { condition, order }: { condition: Sql; order: Sql },
): Promise<Mentionable[]> {
  const { projectId, userId } = actor;
  const known = seesOnlyOwn(actor)
    ? sql`(m."role" <> 'annotator' or exists (select 1 from "SessionMember" a
        join "SessionMember" b on b."projectId" = a."projectId" and b."sessionId" = a."sessionId"
        join "VerificationSession" s on s."projectId" = a."projectId" and s."id" = a."sessionId"
        join "SessionItem" i on i."projectId" = a."projectId" and i."sessionId" = a."sessionId"
        where a."projectId" = m."projectId" and a."userId" = ${userId}::uuid and b."userId" = m."userId"
          and s."mode" = 'shared' and i."recordId" = ${recordId}::uuid))`
    : rawSql("true");
  return queryRows<Mentionable>(
    db,
    sql`select u."id", u."name", u."email", m."role"::text as "role" from "Membership" m join "User" u on u."id" = m."userId"
      where m."projectId" = ${projectId}::uuid and m."disabledAt" is null and m."removedAt" is null
        and u."disabledAt" is null and u."id" <> ${userId}::uuid and ${condition} and ${known}
      order by ${order} limit ${CONSIDERED}::bigint`,
  );
}

async function whoSee(
  db: Db,
  projectId: string,
  recordId: string,
  people: readonly Mentionable[],
): Promise<Mentionable[]> {
  const userIds = people.filter(({ role }) => role === "annotator").map(({ id }) => id);
  const reaching = await whoReaches(db, projectId, { recordId, userIds });
  return people.filter(({ id, role }) => role !== "annotator" || reaching.has(id));
}
