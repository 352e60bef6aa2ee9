import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import type pg from "pg";
import { WebSocket, WebSocketServer } from "ws";
import * as Y from "yjs";
import { createLiveWorld, type LiveWorld, startLiveNode, tokenOf } from "@/server/collab/testing/live-world";
import { askForMissing, updateMessage } from "@/server/collab/wire";
import { createDb, createPool } from "@/server/platform/db";
import { startEmbeddedPostgres } from "@/server/platform/embedded-postgres";
import { migrate } from "@/server/platform/migrate";
import { median } from "./measure/median";

/**
 * A verdict, from its author's socket to the last of 20 peers, against the bare minimum that would be as safe: a
 * `ws` server that writes the same bytes in one commit and then sends them to the same 20 peers.
 */
const PEERS = 20;
const VERDICTS = 200;
const WARM_UP = 30;
const RUNS = 5;
const GOAL = 2;
/** y-websocket's message of an update begins so. */
const UPDATE_HEAD = [0, 2];

/** The bytes of one verdict after the other, as a page sends them. */
function createAuthor(world: LiveWorld) {
  const doc = new Y.Doc();
  const decisions = doc.getMap("decisions");
  let count = 0;
  return (): Uint8Array => {
    const updates: Uint8Array[] = [];
    const note = (update: Uint8Array) => void updates.push(update);
    doc.on("update", note);
    const key = world.annotationIds[count % world.annotationIds.length] ?? "";
    const value = count++ % 2 === 0 ? "neg" : "neu";
    decisions.set(key, {
      status: "CORRECTS",
      value: [value],
      by: world.member.userId,
      at: new Date().toISOString(),
    });
    doc.off("update", note);
    return updateMessage(updates[0] ?? new Uint8Array());
  };
}

type Fan = { author: WebSocket; arrived: () => Promise<number> };

/** Opens author and peers; `arrived` gives the time when the last peer had the next update. */
async function openFan(address: string, headers: Record<string, string>, hello?: Uint8Array): Promise<Fan> {
  let left = 0;
  let tell: (time: number) => void = () => undefined;
  const open = async () => {
    const socket = new WebSocket(address, { headers });
    await once(socket, "open");
    if (hello) {
      socket.send(hello);
      await once(socket, "message");
    }
    return socket;
  };
  const author = await open();
  for (let n = 0; n < PEERS; n++) {
    const peer = await open();
    peer.on("message", (data: Buffer) => {
      if (!UPDATE_HEAD.every((byte, at) => data[at] === byte)) return;
      left -= 1;
      if (left === 0) tell(performance.now());
    });
  }
  return {
    author,
    arrived() {
      left = PEERS;
      return new Promise((resolve) => {
        tell = resolve;
      });
    },
  };
}

/** Milliseconds of each verdict, one at a time. */
async function time({ author, arrived }: Fan, next: () => Uint8Array): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < WARM_UP + VERDICTS; n++) {
    const message = next();
    const last = arrived();
    const started = performance.now();
    author.send(message);
    times.push((await last) - started);
  }
  return times.slice(WARM_UP);
}

const close = ({ author }: Fan) => author.terminate();

/** Writes what comes in one commit, then sends it to all others. */
async function startBare(pool: pg.Pool): Promise<{ url: string; close(): void }> {
  await pool.query("create table bare (id bigserial primary key, bytes bytea not null)");
  const server = new WebSocketServer({ port: 0, host: "localhost", perMessageDeflate: false });
  server.on("connection", (socket) => {
    socket.on("message", async (data: Buffer) => {
      await pool.query("insert into bare (bytes) values ($1)", [data]);
      for (const other of server.clients) if (other !== socket) other.send(data);
    });
  });
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `ws://localhost:${port}`,
    close() {
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}

const percentile = (times: readonly number[], share: number): number =>
  times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) * share)] ?? Number.NaN;

const dir = await mkdtemp(path.join(tmpdir(), "tandem-bench-"));
const postgres = await startEmbeddedPostgres({
  dataDir: path.join(dir, "data"),
  onLost: (error) => {
    throw error;
  },
});
const pool = createPool(postgres.url);
const db = createDb(pool);
try {
  await migrate(postgres.url);
  const bare = await startBare(pool);
  const node = await startLiveNode({ db, url: postgres.url });
  const ratios: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const world = await createLiveWorld(db, { items: 1000 });
    const headers = { authorization: `Bearer ${await tokenOf(db, world.member)}` };
    const bareFan = await openFan(bare.url, {});
    const bareTimes = await time(bareFan, createAuthor(world));
    close(bareFan);
    const fan = await openFan(`${node.url}/${world.session.room}`, headers, askForMissing(new Y.Doc()));
    const times = await time(fan, createAuthor(world));
    close(fan);
    ratios.push(percentile(times, 0.95) / percentile(bareTimes, 0.95));
    const said = [bareTimes, times].map(
      (list) => `${percentile(list, 0.5).toFixed(2)}/${percentile(list, 0.95).toFixed(2)} ms`,
    );
    console.log(`run ${run + 1}: bare p50/p95 ${said[0]}, live ${said[1]}`);
  }
  console.log(
    `verdict to ${PEERS} peers: p95 ${median(ratios).toFixed(2)} × the bare fan-out with one commit (goal ≤ ${GOAL}, median of ${RUNS})`,
  );
  await node.stop();
  bare.close();
} finally {
  await db.$disconnect();
  await pool.end();
  await postgres.stop();
  await rm(dir, { recursive: true });
}
process.exit();
