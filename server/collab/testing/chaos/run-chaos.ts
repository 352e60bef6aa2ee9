import { setTimeout as delay } from "node:timers/promises";
import type { Db } from "@/server/platform/db";
import { createMember } from "@/server/testing/people";
import { waitFor } from "@/server/testing/wait-for";
import { openLiveClient } from "../live-client";
import { type LiveProcess, startLiveProcess } from "../live-processes";
import { createLiveWorld, type LiveWorld, tokenOf } from "../live-world";
import { createDice, type Dice, pictureOfPage, pictureOfProgram, pictureOfRows } from "../simulate";
import { findLost, findOutOfOrder } from "./find-lost";
import { groupBy } from "./group-by";
import { watchLeases } from "./lease-watch";
import { createPerson, type Person } from "./person";

export type ChaosInput = {
  db: Db;
  databaseUrl: string;
  redisUrl?: string;
  people: number;
  items: number;
  /** How long people work. */
  ms: number;
  /** Between two acts of a person, on the average. */
  pauseMs: number;
  /** Live servers at a time. */
  nodes: number;
  /** How many of them are killed on the way, each replaced by a new one. */
  serverKills: number;
  /** Kills the database, which comes back by itself; done once, when it is given. */
  killDatabase?(): Promise<void>;
  seed: number;
};

export type ChaosOutcome = {
  acts: number;
  /** Decisions that their authors were told of: saved, or refused by each code. */
  told: Record<string, number>;
  rows: number;
  decided: number;
  leases: number;
  frames: number;
  /** What must not be; each must be 0. */
  broken: Record<string, number>;
  /** The first of them in words. */
  examples: string[];
};

const SETTLE_MS = 60_000;

/** Reviewers at work over real sockets, while servers and the database are killed: what they were told, and what is true. */
export async function runChaos(input: ChaosInput): Promise<ChaosOutcome> {
  const { db, databaseUrl, redisUrl, items, ms, nodes, seed } = input;
  const world = await createLiveWorld(db, { items });
  const start = () => startLiveProcess({ databaseUrl, redisUrl });
  const servers = await Promise.all(Array.from({ length: nodes }, start));
  const urls = servers.map(({ url }) => url);
  const dice = createDice(seed);
  const leases = watchLeases();
  const people: Person[] = [];
  // Outside of a browser, each provider of y-websocket waits for the end of the process.
  process.setMaxListeners(0);
  try {
    for (let n = 0; n < input.people; n++) {
      const member = await createMember(db, {
        project: world.project,
        role: "reviewer",
        name: `Person ${n}`,
      });
      const token = await tokenOf(db, member);
      const { session, annotationIds: keys } = world;
      const own = createDice(seed + 1 + n);
      people.push(createPerson({ ...input, member, token, session, urls, keys, dice: own, leases }));
    }
    await allSaved(people);
    const until = Date.now() + ms;
    await Promise.all([
      ...people.map((person) => person.work(until)),
      disturb({ input, servers, urls, start, dice }),
    ]);
    await allSaved(people);
    return await examine({ input, world, people, urls, leases });
  } finally {
    for (const person of people) person.close();
    for (const server of servers) await server.kill();
  }
}

const allSaved = (people: readonly Person[]) =>
  waitFor(
    "everybody to have saved",
    () => people.every(({ browser }) => browser.now().save.kind === "saved" && browser.client.unsent() === 0),
    SETTLE_MS,
  );

type Disturbance = {
  input: ChaosInput;
  servers: LiveProcess[];
  urls: string[];
  start(): Promise<LiveProcess>;
  dice: Dice;
};

/** Kills at even distances: servers, and once in the middle of them the database. */
async function disturb({ input, servers, urls, start, dice }: Disturbance): Promise<void> {
  const { ms, serverKills, killDatabase } = input;
  const killServer = async () => {
    const victim = dice.pick(servers);
    servers.splice(servers.indexOf(victim), 1);
    urls.splice(urls.indexOf(victim.url), 1);
    await victim.kill();
    const fresh = await start();
    servers.push(fresh);
    urls.push(fresh.url);
  };
  const steps = Array.from({ length: serverKills }, () => killServer);
  if (killDatabase) steps.splice(Math.ceil(steps.length / 2), 0, killDatabase);
  const began = Date.now();
  for (const [at, step] of steps.entries()) {
    await delay(Math.max(0, began + ((at + 1) * ms) / (steps.length + 1) - Date.now()));
    await step();
  }
}

type Examination = {
  input: ChaosInput;
  world: LiveWorld;
  people: readonly Person[];
  urls: readonly string[];
  leases: ReturnType<typeof watchLeases>;
};

async function examine({ input, world, people, urls, leases }: Examination): Promise<ChaosOutcome> {
  const { db } = input;
  const { session, annotationIds: keys, member } = world;
  const token = await tokenOf(db, member);
  const late = session.rooms.map((room) =>
    openLiveClient({ url: urls[0] ?? "", room, userId: member.userId, token }),
  );
  await Promise.all(late.map((program) => program.synced()));
  const expected = await pictureOfRows(db, session.id, keys);
  const text = JSON.stringify(expected);
  const pictures = () => [
    ...people.map(({ browser }) => pictureOfPage(browser, keys)),
    pictureOfProgram({ get: (key) => late.map((one) => one.get(key)).find((found) => found) }, keys),
  ];
  const differing = () => pictures().filter((picture) => JSON.stringify(picture) !== text);
  await waitFor("all to agree", () => differing().length === 0, SETTLE_MS / 2).catch(() => undefined);
  const differ = differing().length;
  for (const program of late) program.stop();

  const rows = await db.verification.findMany({
    where: { sessionId: session.id },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  const told = people.flatMap(({ watch }) => watch.told);
  const lost = findLost(told, rows);
  const outOfOrder = findOutOfOrder(rows);
  const double = leases.findDouble();
  const reasons = groupBy(told, ({ refused }) => refused ?? "saved");
  return {
    acts: people.reduce((sum, { acts }) => sum + acts, 0),
    told: Object.fromEntries([...reasons].map(([reason, list]) => [reason, list.length])),
    rows: rows.length,
    decided: Object.keys(expected).length,
    leases: leases.count(),
    frames: people.reduce((sum, { watch }) => sum + watch.frames, 0),
    broken: {
      "documents that differ from the rows": differ,
      "decisions told to be saved that the history lacks": lost.length,
      "labels whose current row is not the last": outOfOrder.length,
      "records leased to two people at once": double.length,
    },
    examples: [...lost, ...outOfOrder, ...double].slice(0, 5),
  };
}
