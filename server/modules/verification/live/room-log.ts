import { z } from "zod";
import { decision, spanMark } from "@/contracts/live";
import { projectRole } from "@/contracts/roles";
import { type Db, sqlRows } from "@/server/platform/db";
import type { OthersOnLabel } from "../others-on-labels";

/** What the log of a room holds beyond what a process has seen. */
export type RoomNews = {
  /** Yjs updates, oldest first; a snapshot counts as one. */
  updates: Uint8Array[];
  /** The last of them in the log, as a decimal number. */
  lastUpdateId: string;
  hasInbox: boolean;
  /** Of the room's row, as a decimal number: it is another one as soon as anything here is. */
  version: string;
  state: "open" | "closed";
  /** Records of the session that somebody holds. */
  held: { recordId: string; userId: string }[];
};

const bytes = z.base64().transform((text): Uint8Array => Buffer.from(text, "base64"));
const logged = z.object({ id: z.string(), bytes });
const news = z.object({
  snapshot: logged.nullable(),
  updates: z.array(logged).nullable(),
  hasInbox: z.boolean(),
  version: z.string(),
  state: z.enum(["open", "closed"]),
  held: z.array(z.object({ recordId: z.string(), userId: z.string() })).nullable(),
});

// One statement, so one view of it all. A snapshot that reaches further than what was seen stands for rows of the log that are gone.
const NEWS = `
  (select json_build_object('id', s."lastUpdateId"::text, 'bytes', replace(encode(s."state", 'base64'), E'\\n', ''))
    from "CollabSnapshot" s where s."room" = $1 and s."lastUpdateId" > $2::bigint) as "snapshot",
  (select json_agg(json_build_object('id', u."id"::text, 'bytes', replace(encode(u."update", 'base64'), E'\\n', ''))
      order by u."id")
    from "CollabUpdate" u where u."room" = $1 and u."id" > $2::bigint) as "updates",
  exists (select 1 from "CollabInbox" i where i."room" = $1) as "hasInbox",
  (select r."version"::text from "CollabRoom" r where r."name" = $1) as "version",
  (select s."state"::text from "CollabRoom" r join "VerificationSession" s
    on s."projectId" = r."projectId" and s."id" = r."sessionId" where r."name" = $1) as "state",
  (select json_agg(json_build_object('recordId', l."recordId", 'userId', l."userId"))
    from "CollabRoom" r join "SessionLease" l
    on l."projectId" = r."projectId" and l."sessionId" = r."sessionId" and l."expiresAt" > now()
    where r."name" = $1) as "held"`;

/** What was committed to a room after `since` (\`"0"\`: from the beginning). */
export async function readRoomNews(db: Db, room: string, since: string): Promise<RoomNews> {
  const [row] = await sqlRows<unknown>(db, `select ${NEWS}`, [room, since]);
  return presentNews(news.parse(row), since);
}

function presentNews(row: z.infer<typeof news>, since: string): RoomNews {
  const { snapshot, updates, held, ...rest } = row;
  const all = [...(snapshot ? [snapshot] : []), ...(updates ?? [])];
  return {
    ...rest,
    held: held ?? [],
    updates: all.map((one) => one.bytes),
    lastUpdateId: all.at(-1)?.id ?? since,
  };
}

/** Whose the Yjs client ids are that have written in a room. */
export async function readRoomOwners(db: Db, room: string): Promise<Map<number, string>> {
  const rows = await sqlRows<{ clientId: number; userId: string }>(
    db,
    `select "clientId"::float8 as "clientId", "userId" from "CollabClient" where "room" = $1`,
    [room],
  );
  return new Map(rows.map(({ clientId, userId }) => [clientId, userId]));
}

const waiting = { id: z.string(), key: z.string() };
const inboxEntry = z.discriminatedUnion("map", [
  z.object({ ...waiting, map: z.literal("decisions"), value: decision }),
  z.object({ ...waiting, map: z.literal("spans"), value: spanMark }),
]);
/** What came by REST, for one key of one of the document's maps. */
type InboxEntry = z.infer<typeof inboxEntry>;

const underLock = news.extend({
  people: z.array(z.object({ userId: z.string(), role: projectRole, opened: z.boolean() })).nullable(),
  owners: z.array(z.object({ clientId: z.number(), userId: z.string() })).nullable(),
  inbox: z.array(inboxEntry).nullable(),
});

export type RoomUnderLock = RoomNews & {
  /** In an independent session, how far others are with the labels that are decided now. */
  others?: ReadonlyMap<string, OthersOnLabel>;
  /** Live members of the project among those asked for; `opened`: the session was opened to them by name. */
  people: { userId: string; role: z.infer<typeof projectRole>; opened: boolean }[];
  /** Whose the Yjs client ids are, among those asked for. */
  owners: { clientId: number; userId: string }[];
  inbox: InboxEntry[];
};

export type LockedQuestion = {
  room: string;
  projectId: string;
  sessionId: string;
  since: string;
  userIds: readonly string[];
  clientIds: readonly number[];
};

/**
 * Takes the room's row, which makes commits serial across processes, and reads all that a commit depends on.
 * Two statements: the second one sees what was committed while the first waited.
 */
export async function lockRoom(tx: Db, question: LockedQuestion): Promise<RoomUnderLock> {
  const { room, projectId, sessionId, since, userIds, clientIds } = question;
  await sqlRows(tx, `select 1 from "CollabRoom" where "name" = $1 for update`, [room]);
  const [row] = await sqlRows<unknown>(
    tx,
    `select ${NEWS},
      (select json_agg(json_build_object('userId', m."userId", 'role', m."role", 'opened', exists (
          select 1 from "SessionMember" o where o."projectId" = $3::uuid and o."sessionId" = $4::uuid
            and o."userId" = m."userId")))
        from "Membership" m join "User" u on u."id" = m."userId"
        where m."projectId" = $3::uuid and m."userId" = any($5::uuid[]) and m."disabledAt" is null
          and m."removedAt" is null and u."disabledAt" is null) as "people",
      (select json_agg(json_build_object('clientId', c."clientId", 'userId', c."userId"))
        from "CollabClient" c where c."room" = $1 and c."clientId" = any($6::bigint[])) as "owners",
      (select json_agg(json_build_object('id', i."id"::text, 'map', i."map", 'key', i."key", 'value', i."value") order by i."id")
        from "CollabInbox" i where i."room" = $1) as "inbox"`,
    [room, since, projectId, sessionId, userIds, clientIds],
  );
  const { people, owners, inbox, ...rest } = underLock.parse(row);
  return {
    ...presentNews(rest, since),
    people: people ?? [],
    owners: owners ?? [],
    inbox: inbox ?? [],
  };
}
