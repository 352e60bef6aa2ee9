import type { ProjectRole } from "@/contracts/roles";
import { type OwnSpan, ownSpanSteps, prepareOwnSpans } from "@/server/modules/annotations";
import { type Db, sqlRows } from "@/server/platform/db";
import type { PreparedStatements } from "@/server/platform/prepared-statements";
import { type NewVerdict, prepareVerdicts, verdictSteps } from "../write-verdicts";
import type { RoomRef } from "./open-room";

/** What one commit of a room writes. */
export type RoomWrites = {
  /** The Yjs update that brings a replica of the log to the new document. */
  update: Uint8Array;
  /** Client ids that write for the first time, and whose they are from now on. */
  newOwners: readonly { clientId: number; userId: string }[];
  /** Rows of the inbox that the update holds. */
  drained: readonly string[];
  verdicts: readonly NewVerdict[];
  /** People's own spans, each change of them; their authors' labels are held. */
  spans: readonly OwnSpan[];
  schemaVersion: number;
  /** People who decide for the first time. */
  newVerifiers: readonly { userId: string; name: string }[];
};

export type WriteRoom = {
  room: RoomRef;
  /** The room's version on which the writes were decided. */
  version: string;
  /** People whose rights were taken for granted. */
  authors: readonly { userId: string; role: ProjectRole }[];
  writes: RoomWrites;
};

/**
 * Writes one commit of a live document, all of it or nothing, in one statement: log, owners of client ids, verdicts, spans,
 * and inbox. Its precondition is the lock: the room's row still has the version on which everything was decided, which
 * the update tests again when it had to wait for another commit; the client ids are nobody's yet; and the authors still
 * are who they were. So a commit that meets nobody costs one round trip.
 * @returns the row of the log; null when the precondition did not hold and nothing was written
 */
export async function writeRoom(statements: PreparedStatements, input: WriteRoom): Promise<string | null> {
  const { name, text, params } = statementOf(input);
  const [row] = await statements.rowsOfText<{ id: string }>(name, text, params);
  return row?.id ?? null;
}

/** The same as a part of a transaction. */
export async function writeRoomWithin(tx: Db, input: WriteRoom): Promise<string | null> {
  const { text, params } = statementOf(input);
  const [row] = await sqlRows<{ id: string }>(tx, text, params);
  return row?.id ?? null;
}

/** Most commits hold verdicts of people who are known, and nothing else; steps that find nothing to do take time too. */
function statementOf({ room, version, authors, writes }: WriteRoom) {
  const { name, projectId, sessionId, overlap } = room;
  const shared = overlap === null;
  const { update, newOwners, drained, verdicts, spans, schemaVersion, newVerifiers } = writes;
  const params: unknown[] = [
    name,
    version,
    projectId,
    sessionId,
    Buffer.from(update).toString("base64"),
    JSON.stringify(prepareVerdicts(shared, verdicts)),
    authors.map(({ userId }) => userId),
    authors.map(({ role }) => role),
    shared,
  ];
  if (newOwners.length + drained.length + newVerifiers.length + spans.length === 0)
    return { name: "write room", text: WRITE, params };
  params.push(
    newOwners.map(({ clientId }) => clientId),
    newOwners.map(({ userId }) => userId),
    drained,
    newVerifiers.map((person) => person.userId),
    newVerifiers.map((person) => person.name),
  );
  return spans.length === 0
    ? { name: "write room with more", text: WRITE_MORE, params }
    : {
        name: "write room with spans",
        text: WRITE_SPANS,
        params: [...params, ...prepareOwnSpans(spans, schemaVersion)],
      };
}

const write = (condition: string, steps: string): string => `
with head as (
  update "CollabRoom" r set "version" = r."version" + 1
  where r."name" = $1 and r."version" = $2::bigint${condition}
    and not exists (
      select 1 from unnest($7::uuid[], $8::"ProjectRole"[]) as author ("userId", "role")
      where not exists (
        select 1 from "Membership" m join "User" u on u."id" = m."userId"
        where m."projectId" = $3::uuid and m."userId" = author."userId" and m."role" = author."role"
          and m."disabledAt" is null and m."removedAt" is null and u."disabledAt" is null
          and (m."role" <> 'annotator' or exists (
            select 1 from "SessionMember" o where o."projectId" = $3::uuid and o."sessionId" = $4::uuid
              and o."userId" = m."userId"))))
  returning 1
), logged as (
  insert into "CollabUpdate" ("room", "update") select $1, decode($5, 'base64') from head returning "id"
), ${steps}${verdictSteps("$6", "$3", "$4", "$9", "head")}
select "id"::text as "id" from logged`;

const UNCLAIMED = `
    and not exists (select 1 from "CollabClient" c where c."room" = $1 and c."clientId" = any($10::bigint[]))`;

const MORE = `owned as (
  insert into "CollabClient" ("room", "clientId", "userId")
  select $1, o.* from head, unnest($10::bigint[], $11::uuid[]) as o
), drained as (
  delete from "CollabInbox" i using head where i."room" = $1 and i."id" = any($12::bigint[])
), known as (
  insert into "Annotator" ("projectId", "id", "kind", "name")
  select $3::uuid, p."id", 'user'::"AnnotatorKind", p."name" from head, unnest($13::uuid[], $14::text[]) as p ("id", "name")
  on conflict ("projectId", "id") do update set "name" = excluded."name"
), `;

const WRITE = write("", "");
const WRITE_MORE = write(UNCLAIMED, MORE);
const WRITE_SPANS = write(UNCLAIMED, `${MORE}${ownSpanSteps("$15", "$16", "$3", "head")}, `);
