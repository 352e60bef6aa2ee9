import { afterEach, describe, expect, it } from "vitest";
import { authenticateUpgrade } from "@/server/auth/authenticate-upgrade";
import { createTicket, patchSession } from "@/server/modules/verification";
import { completeEnv } from "@/server/platform/env";
import { createLabelledProject } from "@/server/testing/labelled-project";
import { createMember } from "@/server/testing/people";
import { cookieHeader, signInAs } from "@/server/testing/sign-in";
import { openLiveClient } from "./testing/live-client";
import { startLiveTest } from "./testing/live-test";
import { type LiveNode, startLiveNode, tokenOf } from "./testing/live-world";
import { openRawSocket, type RawSocket } from "./testing/raw-socket";

const live = startLiveTest();
const sockets: RawSocket[] = [];
const nodes: LiveNode[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.stop();
  for (const node of nodes.splice(0)) await node.stop();
});

function knock(
  path: string,
  headers: Record<string, string> = {},
  node: LiveNode = live.nodes[0],
): RawSocket {
  const socket = openRawSocket(`${node.url}/${path}`, headers);
  sockets.push(socket);
  return socket;
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe("by access token", () => {
  it.each([
    ["nothing", {}],
    ["a token that is none", bearer("tandem_nonsense")],
  ])("%s is not let in", async (_, headers) => {
    expect(await knock(live.world.session.room, headers).closedWith()).toBe(4401);
  });

  it("a member of another project is not let in", async () => {
    const other = await createLabelledProject(live.test.db);
    const headers = bearer(await tokenOf(live.test.db, other.member));
    expect(await knock(live.world.session.room, headers).closedWith()).toBe(4403);
  });

  it("a token whose scopes leave sessions out is not let in", async () => {
    const member = await live.addMember("reviewer");
    const headers = bearer(await tokenOf(live.test.db, member, ["records:read"]));
    expect(await knock(live.world.session.room, headers).closedWith()).toBe(4403);
  });

  it.each([
    "verification.nonsense",
    "",
    "verification.00000000-0000-7000-8000-000000000000.0",
    `verification.${"-".repeat(36)}.0`,
  ])("the room %j is not there", async (room) => {
    const headers = bearer(await tokenOf(live.test.db, live.world.member));
    expect(await knock(room, headers).closedWith()).toBe(4404);
  });

  it("an annotator gets in when the session was opened to them, and not before", async () => {
    const annotator = await live.addMember("annotator");
    const headers = bearer(await tokenOf(live.test.db, annotator));
    const { id, room } = live.world.session;
    expect(await knock(room, headers).closedWith()).toBe(4403);
    await patchSession(live.test.db, live.world.member, { id, members: [annotator.userId] });
    const client = await live.join({ member: annotator });
    const key = live.nextKey();
    client.decide(key, ["neg"]);
    await client.saved();
    expect(client.refusals).toEqual([]);
  });
});

describe("by ticket", () => {
  const ticketOf = async () => {
    const { session, member } = live.world;
    const { ticket } = await createTicket(live.test.db, member, { id: session.id });
    return ticket;
  };

  it("a program gets in once", async () => {
    const ticket = await ticketOf();
    const { session, member } = live.world;
    const client = openLiveClient({
      url: live.nodes[0].url,
      room: session.room,
      userId: member.userId,
      ticket,
    });
    await client.synced();
    client.stop();
    expect(await knock(`${session.room}?ticket=${ticket}`).closedWith()).toBe(4401);
  });

  it("is worth nothing when it is too old or for another session", async () => {
    const { session } = live.world;
    const [old, other] = [await ticketOf(), await ticketOf()];
    const { hashToken } = await import("@/server/platform/crypto");
    await live.test.db.collabTicket.update({
      where: { tokenHash: hashToken(old) },
      data: { expiresAt: new Date(Date.now() - 1000) },
    });
    expect(await knock(`${session.room}?ticket=${old}`).closedWith()).toBe(4401);
    await live.test.db.collabTicket.update({
      where: { tokenHash: hashToken(other) },
      data: { sessionId: "00000000-0000-7000-8000-000000000000" },
    });
    expect(await knock(`${session.room}?ticket=${other}`).closedWith()).toBe(4403);
  });

  it("keeps the scopes of the token that it was made with", async () => {
    const { session } = live.world;
    const reader = { ...(await live.addMember("reviewer")), tokenScopes: ["sessions:read"] };
    const { ticket } = await createTicket(live.test.db, reader, { id: session.id });
    const client = openLiveClient({
      url: live.nodes[0].url,
      room: session.room,
      userId: reader.userId,
      ticket,
    });
    await client.synced();
    const key = live.nextKey();
    client.decide(key, ["neg"]);
    await client.saved();
    expect(client.refusals).toMatchObject([{ code: "forbidden", keys: [key] }]);
    client.stop();
  });
});

describe("by session cookie", () => {
  it("only from a page of ours, and only while the session lives", async () => {
    completeEnv({ url: "http://localhost:3000", authSecret: "a secret of the test that is long enough" });
    const { db } = live.test;
    const node = await startLiveNode(live.test, (headers) => authenticateUpgrade(db, headers));
    nodes.push(node);
    const member = await createMember(db, { project: live.world.project, role: "reviewer" });
    const cookie = cookieHeader(await signInAs(db, member.userId));
    const { room } = live.world.session;
    const own = { cookie, origin: "http://localhost:3000" };

    const page = knock(room, own, node);
    await page.opened();
    expect(await knock(room, { cookie, origin: "https://evil.example" }, node).closedWith()).toBe(4403);
    expect(await knock(room, { cookie }, node).closedWith()).toBe(4403);
    expect(page.isOpen()).toBe(true);
    await db.authSession.updateMany({ where: { userId: member.userId }, data: { revokedAt: new Date() } });
    expect(await knock(room, own, node).closedWith()).toBe(4401);
  });
});
