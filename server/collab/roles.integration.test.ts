import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { closeCodes } from "@/contracts/live";
import { type ProjectRole, projectRoles, roleAllows } from "@/contracts/roles";
import { authenticateUpgrade } from "@/server/auth/authenticate-upgrade";
import { patchSession } from "@/server/modules/verification";
import { hashToken, newToken } from "@/server/platform/crypto";
import { completeEnv } from "@/server/platform/env";
import { createActor, createMember } from "@/server/testing/people";
import { cookieHeader, signInAs } from "@/server/testing/sign-in";
import { waitFor } from "@/server/testing/wait-for";
import { type LiveClient, openLiveClient } from "./testing/live-client";
import { startLiveTest } from "./testing/live-test";
import { type LiveNode, startLiveNode, tokenOf } from "./testing/live-world";

/**
 * Who may look into a live room and who may decide in it, for every role and every way to prove who one is. What
 * is expected follows from the one table of roles, so that a change there is a change here.
 */

const ORIGIN = "http://localhost:3000";
const live = startLiveTest();
const clients: LiveClient[] = [];
const made: { node?: LiveNode } = {};

type Caller = { name: string; role: ProjectRole | null; known: boolean; opened: boolean };

const callers: Caller[] = [
  { name: "nobody", role: null, known: false, opened: false },
  { name: "a non-member", role: null, known: true, opened: false },
  ...projectRoles.flatMap((role) =>
    [false, true].map((opened) => ({
      name: `${role}, session ${opened ? "opened" : "not opened"} to them`,
      role,
      known: true,
      opened,
    })),
  ),
];
const credentials = ["cookie", "authorization", "ticket"] as const;
type Credential = (typeof credentials)[number];

/** 4401, 4403, or what they can do inside. */
function expected({ role, known, opened }: Caller): number | "looks" | "decides" {
  if (!known) return closeCodes.unauthenticated;
  if (role === null || !roleAllows(role, "sessions:read")) return closeCodes.forbidden;
  if (role === "annotator" && !opened) return closeCodes.forbidden;
  return roleAllows(role, "verification:write") ? "decides" : "looks";
}

beforeAll(async () => {
  completeEnv({ url: ORIGIN, authSecret: "a secret of the test that is long enough" });
  const { db } = live.test;
  made.node = await startLiveNode(live.test, (headers) => authenticateUpgrade(db, headers));
});
afterEach(() => {
  for (const client of clients.splice(0)) client.stop();
});
afterAll(async () => {
  await made.node?.stop();
});

/** A person of this kind; of nobody there is only an id that nobody has. */
async function arrive({ role, known, opened }: Caller): Promise<string | null> {
  const { world, test } = live;
  if (!known) return null;
  if (role === null) return (await createActor(test.db)).userId;
  const { userId } = await createMember(test.db, { project: world.project, role });
  if (opened) {
    const before = await test.db.sessionMember.findMany({ where: { sessionId: world.session.id } });
    const members = [...before.map((member) => member.userId), userId];
    await patchSession(test.db, world.member, { id: world.session.id, members });
  }
  return userId;
}

/** Also for those whom the API gives no ticket: one that was made while they were still allowed to have it. */
async function ticketOf(userId: string): Promise<string> {
  const { session, project } = live.world;
  const ticket = newToken("ticket");
  await live.test.db.collabTicket.create({
    data: {
      tokenHash: hashToken(ticket),
      userId,
      projectId: project.id,
      sessionId: session.id,
      scopes: [],
      expiresAt: new Date(Date.now() + 60_000),
    },
  });
  return ticket;
}

async function proof(credential: Credential, userId: string | null) {
  const { db } = live.test;
  if (credential === "ticket") return { ticket: userId ? await ticketOf(userId) : newToken("ticket") };
  if (credential === "authorization")
    return { token: userId ? await tokenOf(db, { userId }) : newToken("tandem") };
  const cookie = userId ? cookieHeader(await signInAs(db, userId)) : "authjs.session-token=nonsense";
  return { headers: { cookie, origin: ORIGIN } };
}

async function open(userId: string | null, credential: Credential): Promise<LiveClient> {
  const client = openLiveClient({
    url: made.node?.url ?? "",
    room: live.world.session.room,
    userId: userId ?? live.world.member.userId,
    ...(await proof(credential, userId)),
  });
  clients.push(client);
  return client;
}

/** Tries everything at once, as a program does that doesn't ask first. */
async function attempt(caller: Caller, credential: Credential): Promise<number | "looks" | "decides"> {
  const client = await open(await arrive(caller), credential);
  const key = live.nextKey();
  client.decide(key, ["neg"]);
  const end = await waitFor("an answer", () => client.closed[0] ?? (client.isSaved() ? "inside" : null));
  const rows = await live.test.db.verification.count({ where: { annotationId: key } });
  const refused = client.refusals.some(({ keys, code }) => keys.includes(key) && code === "forbidden");
  if (end !== "inside") {
    expect([rows, client.refusals]).toEqual([0, []]);
    return end;
  }
  expect(rows).toBe(refused ? 0 : 1);
  expect(client.get(key)?.by).toBe(refused ? undefined : client.userId);
  return refused ? "looks" : "decides";
}

describe.each(callers)("$name", (caller) => {
  it.each(credentials)("by %s", async (credential) => {
    expect(await attempt(caller, credential)).toBe(expected(caller));
  });
});

describe("the table", () => {
  it("has a row for every role, and both answers of those who get in", () => {
    expect(new Set(callers.map(({ role }) => role))).toEqual(new Set([null, ...projectRoles]));
    expect(new Set(callers.map(expected))).toEqual(
      new Set([closeCodes.unauthenticated, closeCodes.forbidden, "looks", "decides"]),
    );
  });
});
