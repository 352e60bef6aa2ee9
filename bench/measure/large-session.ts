import { type LiveClient, openLiveClient } from "@/server/collab/testing/live-client";
import { startLiveProcess } from "@/server/collab/testing/live-processes";
import { createLiveWorld, type LiveWorld, tokenOf } from "@/server/collab/testing/live-world";
import { getSession, listSessionItems } from "@/server/modules/verification";
import type { Db } from "@/server/platform/db";
import { median } from "./median";
import { residentMb } from "./process-figures";

const ITEMS = 20_000;
/** Decisions in one update, well below the limit of its size. */
const BATCH = 250;
const LOADS = 7;
const GOAL_MS = 1000;
/** A page opens the rooms of the rows on screen and of the next one. */
const ROOMS_OF_A_PAGE = 3;

/**
 * A session of 20,000 labels, all decided: how long a page takes to its first record (the session, its first labels and
 * the documents of a page), and the memory of a server that has opened all of its rooms.
 * @returns what was found, in words
 */
export async function measureLargeSession(db: Db, databaseUrl: string): Promise<string> {
  const world = await createLiveWorld(db, { items: ITEMS });
  const token = await tokenOf(db, world.member);
  const writer = await startLiveProcess({ databaseUrl });
  await decideAll(world, writer.url, token);
  await writer.kill();
  const server = await startLiveProcess({ databaseUrl });
  // The first request of a process is compiled on the way, whatever it asks for.
  const small = await createLiveWorld(db, { items: 1 });
  const waking = await load(db, small, server.url, await tokenOf(db, small.member));
  const first = await load(db, world, server.url, token);
  const times: number[] = [];
  for (let n = 0; n < LOADS; n++) times.push(await load(db, world, server.url, token));
  const before = await residentMb(server.pid);
  const all = await open(world, world.session.rooms, server.url, token);
  const after = await residentMb(server.pid);
  for (const client of all) client.stop();
  await server.kill();
  const memory = before === null || after === null ? "not measured" : `${(after - before).toFixed(0)} MB`;
  return [
    `a session of ${ITEMS} labels, all decided, in ${world.session.rooms.length} rooms`,
    `  to the first record: ${median(times).toFixed(0)} ms, ${first.toFixed(0)} ms when the server has not opened it yet (goal ≤ ${GOAL_MS}); a session of one label as the first that a new server does: ${waking.toFixed(0)} ms`,
    `  all rooms open on one server: ${memory} more memory than with a page's ${ROOMS_OF_A_PAGE}, ${after?.toFixed(0) ?? "?"} MB in all`,
  ].join("\n");
}

async function open(
  world: LiveWorld,
  rooms: readonly string[],
  url: string,
  token: string,
): Promise<LiveClient[]> {
  const { userId } = world.member;
  const clients = rooms.map((room) => openLiveClient({ url, room, userId, token }));
  await Promise.all(clients.map((client) => client.synced()));
  return clients;
}

async function decideAll(world: LiveWorld, url: string, token: string): Promise<void> {
  const { rooms, chunkSize } = world.session;
  for (const [chunk, room] of rooms.entries()) {
    const [client] = await open(world, [room], url, token);
    const keys = world.annotationIds.slice(chunk * chunkSize, (chunk + 1) * chunkSize);
    for (let at = 0; at < keys.length; at += BATCH)
      client?.doc.transact(() => {
        for (const key of keys.slice(at, at + BATCH)) client.decide(key, ["neg"]);
      });
    await client?.saved();
    client?.stop();
  }
}

/** Milliseconds until a page has what it shows first. */
async function load(db: Db, world: LiveWorld, url: string, token: string): Promise<number> {
  const { member, session } = world;
  const began = performance.now();
  await getSession(db, member, { id: session.id });
  const [clients] = await Promise.all([
    open(world, session.rooms.slice(0, ROOMS_OF_A_PAGE), url, token),
    listSessionItems(db, member, { id: session.id, limit: 50, sort: "position" }),
  ]);
  const took = performance.now() - began;
  for (const client of clients) client.stop();
  return took;
}
