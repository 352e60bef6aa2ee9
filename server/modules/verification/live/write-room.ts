import type { ProjectRole } from "@/contracts/roles";
import { type OwnSpan, ownSpanSteps, prepareOwnSpans } from "@/server/modules/annotations";
import { type Db, sqlRows } from "@/server/platform/db";
import type { PreparedStatements } from "@/server/platform/prepared-statements";
import {
  type NewVerdict,
  oneVerdictSteps,
  prepareOneVerdict,
  prepareVerdicts,
  VALUES_OF_ONE,
  verdictSteps,
} from "../write-verdicts";
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
 * are who they were. So a commit that meets nobody costs one round trip. Nobody holds a record of the session.
 * @returns the row of the log; null when the precondition did not hold and nothing was written
 */
export async function writeRoom(statements: PreparedStatements, input: WriteRoom): Promise<string | null> {
  const { name, text, params } = statementOfOne(input) ?? statementOf(input);
  const [row] = await statements.rowsOfText<{ id: string }>(name, text, params);
  return row?.id ?? null;
}

/** The same as a part of a transaction that holds the room, whoever holds records. */
export async function writeRoomWithin(tx: Db, input: WriteRoom): Promise<string | null> {
  const { text, params } = statementOf(input);
  const [row] = await sqlRows<{ id: string }>(tx, text, params);
  return row?.id ?? null;
}

type Statement = { name: string; text: string; params: unknown[] };

/** Most commits hold one verdict; steps that find nothing to do take time too. */
function statementOfOne(input: WriteRoom): Statement | null {
  const { verdicts, spans } = input.writes;
  const [verdict] = verdicts;
  if (!verdict || verdicts.length > 1 || spans.length > 0 || input.room.overlap !== null) return null;
  if (verdict.overtaken || verdict.blind !== false) return null;
  const params = [...headOf(input), ...prepareOneVerdict(verdict)];
  const more = moreOf(input);
  return more === null
    ? { name: "write one verdict", text: WRITE_ONE, params }
    : { name: "write one verdict with more", text: WRITE_ONE_MORE, params: [...params, ...more] };
}

function statementOf(input: WriteRoom): Statement {
  const { verdicts, spans, schemaVersion } = input.writes;
  const shared = input.room.overlap === null;
  const params = [...headOf(input), JSON.stringify(prepareVerdicts(shared, verdicts)), shared];
  const more = moreOf(input);
  if (spans.length > 0) {
    params.push(...(more ?? NOTHING_MORE), ...prepareOwnSpans(spans, schemaVersion));
    return { name: "write room with spans", text: WRITE_SPANS, params };
  }
  return more === null
    ? { name: "write room", text: WRITE, params }
    : { name: "write room with more", text: WRITE_MORE, params: [...params, ...more] };
}

/** The values of `write`. */
function headOf({ room, version, authors, writes }: WriteRoom): unknown[] {
  return [
    room.name,
    version,
    room.projectId,
    room.sessionId,
    Buffer.from(writes.update).toString("base64"),
    authors.map(({ userId }) => userId),
    authors.map(({ role }) => role),
  ];
}

/** The values of `moreSteps`; null when there is nothing of it. */
function moreOf({ writes: { newOwners, drained, newVerifiers } }: WriteRoom): unknown[] | null {
  if (newOwners.length + drained.length + newVerifiers.length === 0) return null;
  return [
    newOwners.map(({ clientId }) => clientId),
    newOwners.map(({ userId }) => userId),
    drained,
    newVerifiers.map(({ userId }) => userId),
    newVerifiers.map(({ name }) => name),
  ];
}
const NOTHING_MORE = [[], [], [], [], []];

// Each author is looked up by themselves: a join would read all members of the project.
const write = (condition: string, steps: string): string => `
with head as (
  update "CollabRoom" r set "version" = r."version" + 1
  where r."name" = $1 and r."version" = $2::bigint${condition}
    and not exists (
      select 1 from unnest($6::uuid[], $7::"ProjectRole"[]) as author ("userId", "role")
      where (
        select true from "Membership" m
        where m."projectId" = $3::uuid and m."userId" = author."userId" and m."role" = author."role"
          and m."disabledAt" is null and m."removedAt" is null
          and (select u."disabledAt" is null from "User" u where u."id" = author."userId")
          and (m."role" <> 'annotator' or (
            select true from "SessionMember" o where o."projectId" = $3::uuid and o."sessionId" = $4::uuid
              and o."userId" = author."userId"))) is null)
  returning 1
), logged as (
  insert into "CollabUpdate" ("room", "update") select $1, decode($5, 'base64') from head returning "id"
), ${steps}
select "id"::text as "id" from logged`;

/** @param first number of the placeholder of the client ids */
const unclaimed = (first: number): string => `
    and not exists (select 1 from "CollabClient" c where c."room" = $1 and c."clientId" = any($${first}::bigint[]))`;

/** People, client ids and inbox. @param first as above */
const moreSteps = (first: number): string => `owned as (
  insert into "CollabClient" ("room", "clientId", "userId")
  select $1, o.* from head, unnest($${first}::bigint[], $${first + 1}::uuid[]) as o
), drained as (
  delete from "CollabInbox" i using head where i."room" = $1 and i."id" = any($${first + 2}::bigint[])
), known as (
  insert into "Annotator" ("projectId", "id", "kind", "name")
  select $3::uuid, p."id", 'user'::"AnnotatorKind", p."name"
  from head, unnest($${first + 3}::uuid[], $${first + 4}::text[]) as p ("id", "name")
  on conflict ("projectId", "id") do update set "name" = excluded."name"
), `;

const VERDICTS = verdictSteps("$8", "$3", "$4", "$9", "head");
const ONE = oneVerdictSteps(8, "$3", "$4", "head");
const AFTER_ONE = 8 + VALUES_OF_ONE;

const WRITE = write("", VERDICTS);
const WRITE_MORE = write(unclaimed(10), `${moreSteps(10)}${VERDICTS}`);
const WRITE_SPANS = write(
  unclaimed(10),
  `${moreSteps(10)}${ownSpanSteps("$15", "$16", "$3", "head")}, ${VERDICTS}`,
);
const WRITE_ONE = write("", ONE);
const WRITE_ONE_MORE = write(unclaimed(AFTER_ONE), `${moreSteps(AFTER_ONE)}${ONE}`);
