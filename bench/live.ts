import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type LiveProcess, startLiveProcess, startServer } from "@/server/collab/testing/live-processes";
import { createLiveWorld, tokenOf } from "@/server/collab/testing/live-world";
import { createDb, createPool } from "@/server/platform/db";
import { startEmbeddedPostgres } from "@/server/platform/embedded-postgres";
import { migrate } from "@/server/platform/migrate";
import { createMember } from "@/server/testing/people";
import { createBareCommits } from "./measure/bare-commit";
import { measureLargeSession } from "./measure/large-session";
import { median } from "./measure/median";
import { percentile } from "./measure/percentile";
import { cpuMs } from "./measure/process-figures";
import { type Arrivals, asHocuspocus, type Dialect, decideInTurn, type Seat } from "./measure/reviewers";

/**
 * Decisions of 2, 10 and 50 people at one a second each: from the author's socket to each peer's, and to the word that
 * it is durable. Beside it, in the same run, what it is held against: a `ws` server that sends the same bytes to the same
 * peers, and one commit of the same rows, each by itself; and a `ws` server that does the one after the other, which is
 * the bare minimum that would be as safe. Also two servers that keep nothing on disk: what y-websocket's own server
 * does, and Hocuspocus. Then a session of 20,000 labels.
 * Servers run in processes of their own; the people are all in this one. Argument: numbers of people (`10,50`), for
 * these alone.
 */
const [only] = process.argv.slice(2);
const PEOPLE = only?.split(",").map(Number) ?? [2, 10, 50];
const SECONDS = 12;
/** How long servers work before they are measured, and how often each of their people then decides. */
const WARM_UP = { people: 50, times: 80, everyMs: 100 };
const RUNS = 3;
const GOAL_RATIO = 1.5;
const GOAL_MS = 250;

const dir = await mkdtemp(path.join(tmpdir(), "tandem-bench-"));
const postgres = await startEmbeddedPostgres({
  dataDir: path.join(dir, "data"),
  onLost: (error) => {
    throw error;
  },
});
const pool = createPool(postgres.url);
const db = createDb(pool);
const commits = createBareCommits(pool);
/** As long as what a decision sends. */
const UPDATE = new Uint8Array(161).fill(1);

type Latency = { p50: number; p95: number; p99: number };
type Figures = Latency & { durable95: number; cpuPerDecision: number };

const latencyOf = (times: readonly number[]): Latency => ({
  p50: percentile(times, 0.5),
  p95: percentile(times, 0.95),
  p99: percentile(times, 0.99),
});

/** One round at one server. */
async function measure({ pid }: LiveProcess, seats: readonly Seat[]): Promise<Figures> {
  const before = await cpuMs(pid);
  const { atPeers, durable, decisions }: Arrivals = await decideInTurn(seats, SECONDS, 1000);
  const after = await cpuMs(pid);
  return {
    ...latencyOf(atPeers),
    durable95: percentile(durable, 0.95),
    cpuPerDecision: before === null || after === null ? Number.NaN : (after - before) / decisions,
  };
}

/** Commits of so many people at one a second each, one after the other at the moments at which they would decide. */
async function measureCommits(people: number, times: number, everyMs: number): Promise<Latency> {
  const { session } = await createLiveWorld(db, { items: 1000 });
  await commits.load(session.room);
  const writers = Array.from({ length: people }, () => commits.writerFor(session.room));
  const took: number[] = [];
  const began = performance.now();
  for (let n = 0; n < times; n++)
    for (const [place, write] of writers.entries()) {
      await delay(Math.max(0, began + everyMs * (n + place / people) - performance.now()));
      const at = performance.now();
      await write(UPDATE);
      took.push(performance.now() - at);
    }
  return latencyOf(took);
}

/** So many reviewers, each with labels of their own, in a session of a thousand. */
async function seatsFor(count: number, url: string, dialectOf?: (room: string) => Dialect): Promise<Seat[]> {
  const world = await createLiveWorld(db, { items: 1000 });
  const seats: Seat[] = [];
  for (let n = 0; n < count; n++) {
    const member = await createMember(db, { project: world.project, role: "reviewer", name: `Person ${n}` });
    seats.push({
      address: `${url}/${world.session.room}`,
      ...(dialectOf ? { dialect: dialectOf(world.session.room) } : {}),
      userId: member.userId,
      headers: { authorization: `Bearer ${await tokenOf(db, member)}` },
      keys: world.annotationIds.filter((_, place) => place % count === n).slice(0, SECONDS * 2),
    });
  }
  return seats;
}

const middle = <T extends Latency>(list: readonly T[], figure: keyof T): number =>
  median(list.map((one) => Number(one[figure])));
const inWords = (list: readonly Latency[]): string =>
  `p50 ${middle(list, "p50").toFixed(1)}, p95 ${middle(list, "p95").toFixed(1)}, p99 ${middle(list, "p99").toFixed(1)} ms`;
const withCpu = (list: readonly Figures[]): string =>
  `${inWords(list)}; ${middle(list, "cpuPerDecision").toFixed(1)} ms of processor time a decision`;

const startBeside = (script: string, ...words: string[]): Promise<LiveProcess> =>
  startServer(path.join(import.meta.dirname, "measure", script), words);

try {
  await migrate(postgres.url);
  const live = await startLiveProcess({ databaseUrl: postgres.url });
  const servers = {
    fanOut: await startBeside("bare-process.ts"),
    bare: await startBeside("bare-process.ts", postgres.url),
    live,
    plain: await startBeside("plain-process.ts"),
    hocuspocus: await startBeside("hocuspocus-process.ts"),
  };
  const names = ["fanOut", "bare", "live", "plain", "hocuspocus"] as const;
  const seatsAt = (name: (typeof names)[number], people: number) =>
    seatsFor(people, servers[name].url, name === "hocuspocus" ? asHocuspocus : undefined);
  // V8 compiles on the way what runs often; a server that has been up for a day has done so.
  for (const name of names)
    await decideInTurn(await seatsAt(name, WARM_UP.people), WARM_UP.times, WARM_UP.everyMs);
  await measureCommits(WARM_UP.people, WARM_UP.times, WARM_UP.everyMs);
  for (const people of PEOPLE) {
    const rounds: Record<(typeof names)[number], Figures[]> = {
      fanOut: [],
      bare: [],
      live: [],
      plain: [],
      hocuspocus: [],
    };
    const alone: Latency[] = [];
    for (let run = 0; run < RUNS; run++) {
      for (const name of names) rounds[name].push(await measure(servers[name], await seatsAt(name, people)));
      alone.push(await measureCommits(people, SECONDS, 1000));
    }
    const live95 = middle(rounds.live, "p95");
    const inTurn = live95 / middle(rounds.bare, "p95");
    const limit = middle(rounds.fanOut, "p95") + middle(alone, "p95");
    console.log(`${people} people at one decision a second each (medians of ${RUNS} runs)`);
    console.log(`  raw fan-out: ${withCpu(rounds.fanOut)}`);
    console.log(`  one commit: ${inWords(alone)}`);
    console.log(`  one commit and then the fan-out, in one server: ${withCpu(rounds.bare)}`);
    console.log(`  live: ${withCpu(rounds.live)}`);
    console.log(`  without durability or checks, y-websocket's server: ${withCpu(rounds.plain)}`);
    console.log(`  without durability or checks, Hocuspocus: ${withCpu(rounds.hocuspocus)}`);
    console.log(
      `  live p95 is ${(live95 / limit).toFixed(2)} × (raw fan-out + one commit) (goal ≤ ${GOAL_RATIO}, and ≤ ${GOAL_MS} ms), and ${inTurn.toFixed(2)} × the server that does both; durable for its author, p95 ${middle(rounds.live, "durable95").toFixed(1)} ms`,
    );
  }
  await Promise.all(names.map((name) => servers[name].kill()));
  if (only === undefined) console.log(await measureLargeSession(db, postgres.url));
} finally {
  await db.$disconnect();
  await pool.end();
  await postgres.stop();
  await rm(dir, { recursive: true });
}
process.exit();
