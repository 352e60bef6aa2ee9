import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createMember } from "@/server/testing/people";
import { waitFor } from "@/server/testing/wait-for";
import { type LiveClient, openLiveClient } from "./testing/live-client";
import { createLiveWorld, type LiveNode, type LiveWorld, startLiveNode, tokenOf } from "./testing/live-world";

let test: TestDatabase;
let node: LiveNode;
let world: LiveWorld;
const clients: LiveClient[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
  node = await startLiveNode(test);
  world = await createLiveWorld(test.db);
});
afterEach(() => {
  for (const client of clients.splice(0)) client.stop();
});
afterAll(async () => {
  await node?.stop();
  await test?.drop();
});

async function join(name = "Bo"): Promise<LiveClient> {
  const member = await createMember(test.db, { project: world.project, role: "reviewer", name });
  const client = openLiveClient({
    url: node.url,
    room: world.session.room,
    userId: member.userId,
    token: await tokenOf(test.db, member),
  });
  clients.push(client);
  await client.synced();
  return client;
}

describe("a decision in a live room", () => {
  it("reaches the peer and the rows, and is durable when its author is told so", async () => {
    const [ada, bo] = [await join("Ada"), await join("Bo")];
    const [key = ""] = world.annotationIds;
    ada.decide(key, ["neg"]);
    await ada.saved();
    const rows = await test.db.verification.findMany({ where: { annotationId: key } });
    expect(rows).toMatchObject([
      { status: "CORRECTS", value: ["neg"], verifierId: ada.userId, current: true, inSharedSession: true },
    ]);
    await waitFor("the peer's view", () => bo.get(key));
    expect(bo.get(key)).toMatchObject({ status: "CORRECTS", value: ["neg"], by: ada.userId });
  });
});
