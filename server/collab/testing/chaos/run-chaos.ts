import { setTimeout as delay } from "node:timers/promises";
import type { ProjectActor } from "@/server/modules/access";
import { getSession } from "@/server/modules/verification";
import type { Db } from "@/server/platform/db";
import { createMember } from "@/server/testing/people";
import { waitFor } from "@/server/testing/wait-for";
import { type LiveClient, openLiveClient } from "../live-client";
import { type LiveProcess, startLiveProcess } from "../live-processes";
import { createLiveWorld, type LiveWorld, type Opened, tokenOf } from "../live-world";
import { createDice, type Dice, pictureOfPage, pictureOfProgram, pictureOfRows } from "../simulate";
import { findLost, findOutOfOrder, findOverlapAbove } from "./find-lost";
import { groupBy } from "./group-by";
import { type LeaseWatch, watchLeases } from "./lease-watch";
import { createPerson, type Person } from "./person";
import { type LeakWatch, watchLeaks } from "./watch-leaks";

export type ChaosInput = {
  db: Db;
  databaseUrl: string;
  redisUrl?: string;
  people: number;
  items: number;
  /** With all labels blind, or none. */
  opened?: Omit<Opened, "blindShare"> & { blindShare?: 0 | 1 };
  /** How long people work. */
  ms: number;
  /** What each does at least, however long that takes on a busy machine. */
  leastActs?: number;
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
  /** Verdicts that stand in the end. */
  standing: number;
  leases: number;
  frames: number;
  /** What must not be; each must be 0. */
  broken: Record<string, number>;
  /** The first of them in words. */
  examples: string[];
};

const SETTLE_MS = 90_000;

/** Reviewers at work over real sockets, while servers and the database are killed: what they were told, and what is true. */
export async function runChaos(input: ChaosInput): Promise<ChaosOutcome> {
  const { db, databaseUrl, redisUrl, items, opened, ms, nodes, seed } = input;
  const world = await createLiveWorld(db, { items, ...opened });
  const start = () => startLiveProcess({ databaseUrl, redisUrl });
  const servers = await Promise.all(Array.from({ length: nodes }, start));
  const urls = servers.map(({ url }) => url);
  const dice = createDice(seed);
  const leases = watchLeases();
  const people: Person[] = [];
  const watches: LeakWatch[] = [];
  // Outside of a browser, each provider of y-websocket waits for the end of the process.
  process.setMaxListeners(0);
  try {
    const members = await addMembers(db, world, input.people);
    const namesOf = ({ userId, userName }: ProjectActor) => [userId, userName];
    for (const [n, member] of members.entries()) {
      const token = await tokenOf(db, member);
      const session = await getSession(db, member, { id: world.session.id });
      const others = members.filter((one) => one !== member).flatMap(namesOf);
      const leaks = watchLeaks({
        others: () => (session.mode === "independent" ? others : []),
        blind: session.blindShare === 1,
      });
      watches.push(leaks);
      const own = createDice(seed + 1 + n);
      const keys = world.annotationIds;
      people.push(createPerson({ ...input, member, token, session, urls, keys, dice: own, leases, leaks }));
    }
    await allSaved(people);
    const until = Date.now() + ms;
    await Promise.all([
      ...people.map((person) => person.work(until)),
      disturb({ input, servers, urls, start, dice }),
    ]);
    await allSaved(people);
    return await examine({ input, world, people, urls, leases, leaks: watches });
  } finally {
    for (const person of people) person.close();
    for (const server of servers) await server.kill();
  }
}

/** No name is the beginning of another. */
async function addMembers(db: Db, { project }: LiveWorld, count: number): Promise<ProjectActor[]> {
  const members: ProjectActor[] = [];
  for (let n = 0; n < count; n++)
    members.push(await createMember(db, { project, role: "reviewer", name: `Person ${n} of them` }));
  return members;
}

const allSaved = (people: readonly Person[]) =>
  waitFor(
    "everybody to have saved",
    () =>
      people.every(
        ({ browser }) => browser.now().saveState().kind === "saved" && browser.client.unsent() === 0,
      ),
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
  leases: LeaseWatch;
  leaks: readonly LeakWatch[];
};

async function examine({ input, world, people, urls, leases, leaks }: Examination): Promise<ChaosOutcome> {
  const { db } = input;
  const { session } = world;
  const apart = session.mode === "independent";
  const differ = await findDiffering({ db, world, people, url: urls[0] ?? "" });
  const rows = await db.verification.findMany({
    where: { sessionId: session.id },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  const told = people.flatMap(({ watch }) => watch.told);
  const overlap = session.verdictsPerItem ?? 1;
  const broken = {
    "documents that differ from the rows": differ,
    "decisions told to be saved that the history lacks": findLost(told, rows, apart),
    "labels whose current row is not the last": findOutOfOrder(rows, apart),
    [`labels with more than ${overlap} verdicts that stand`]: findOverlapAbove(rows, overlap),
    [`records leased to more than ${overlap} at once`]: leases.findCrowded(overlap),
    "things received that the person may not know": leaks.flatMap(({ found }) => found),
  };
  const reasons = groupBy(told, ({ refused }) => refused ?? "saved");
  return {
    acts: people.reduce((sum, { acts }) => sum + acts, 0),
    told: Object.fromEntries([...reasons].map(([reason, list]) => [reason, list.length])),
    rows: rows.length,
    standing: rows.filter(({ current, status }) => current && status !== null).length,
    leases: leases.count(),
    frames: people.reduce((sum, { watch }) => sum + watch.frames, 0),
    broken: Object.fromEntries(Object.entries(broken).map(([what, list]) => [what, list.length])),
    examples: Object.values(broken).flatMap((list) => list.slice(0, 3)),
  };
}

type Compared = { db: Db; world: LiveWorld; people: readonly Person[]; url: string };

/** Whose page says something else than the rows, when all have had time; in a shared session also who comes late. */
async function findDiffering({ db, world, people, url }: Compared): Promise<string[]> {
  const { session, annotationIds: keys, member } = world;
  const shared = session.mode === "shared";
  const late = shared ? await openLate(db, world, url) : [];
  const rowsOf = (userId?: string) => pictureOfRows(db, session.id, keys, userId);
  const common = shared ? JSON.stringify(await rowsOf()) : null;
  const expected = await Promise.all(
    people.map(async ({ userId }) => common ?? JSON.stringify(await rowsOf(userId))),
  );
  const find = () => [
    ...people.flatMap(({ browser, userId }, n) =>
      JSON.stringify(pictureOfPage(browser, keys)) === expected[n] ? [] : [userId],
    ),
    ...(shared && JSON.stringify(pictureOfLate(late, keys)) !== common ? [member.userId] : []),
  ];
  await waitFor("all to agree", () => find().length === 0, SETTLE_MS / 2).catch(() => undefined);
  const differ = find();
  for (const program of late) program.stop();
  return differ;
}

async function openLate(db: Db, { session, member }: LiveWorld, url: string): Promise<LiveClient[]> {
  const token = await tokenOf(db, member);
  const { userId } = member;
  const late = session.rooms.map((room) => openLiveClient({ url, room, userId, token }));
  await Promise.all(late.map((program) => program.synced()));
  return late;
}

const pictureOfLate = (late: readonly LiveClient[], keys: readonly string[]) =>
  pictureOfProgram({ get: (key) => late.map((one) => one.get(key)).find((found) => found) }, keys);
