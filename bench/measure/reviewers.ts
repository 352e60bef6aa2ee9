import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { WebSocket } from "ws";
import * as Y from "yjs";
import { MESSAGE_PERSISTED } from "@/contracts/live";
import { askForMissing, updateMessage } from "@/server/collab/wire";
import { waitFor } from "@/server/testing/wait-for";

/** Who decides: an address to connect to, and what the server knows them by. */
export type Seat = {
  address: string;
  userId: string;
  headers: Record<string, string>;
  keys: readonly string[];
  /** How the server wants to be spoken to; left out: as y-websocket does. */
  dialect?: Dialect;
};

export type Dialect = { hello: Uint8Array; wrap(message: Uint8Array): Uint8Array };

const asYWebsocket: Dialect = { hello: askForMissing(new Y.Doc()), wrap: (message) => message };

/** Hocuspocus puts the document's name before every message, and is told a token first. */
export function asHocuspocus(name: string): Dialect {
  const wrap = (message: Uint8Array) =>
    encoding.encode((encoder) => {
      encoding.writeVarString(encoder, name);
      encoding.writeUint8Array(encoder, message);
    });
  const [AUTH, TOKEN] = [2, 0];
  const token = encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, AUTH);
    encoding.writeVarUint(encoder, TOKEN);
    encoding.writeVarString(encoder, "none");
  });
  return { hello: wrap(token), wrap };
}

/** Milliseconds from a decision to each other person's socket, and to the word that it is durable. */
export type Arrivals = { atPeers: number[]; durable: number[]; decisions: number };

type Sent = { at: number; clientId: number; left: number };

/** Decisions of the test are told apart by their times, which are all of one length. */
const FIRST_TIME = Date.UTC(2026, 0, 1);

/** Lets people decide so many times each, at moments of their own. @param everyMs time between two of one person's */
export async function decideInTurn(
  seats: readonly Seat[],
  times: number,
  everyMs: number,
): Promise<Arrivals> {
  const open = new Map<string, Sent>();
  const arrivals: Arrivals = { atPeers: [], durable: [], decisions: 0 };
  const people = await Promise.all(seats.map((seat) => sit(seat, open, arrivals)));
  let count = 0;
  const began = performance.now();
  await Promise.all(
    people.map(async (person, place) => {
      for (let n = 0; n < times; n++) {
        await delay(Math.max(0, began + everyMs * (n + place / people.length) - performance.now()));
        person.decide(new Date(FIRST_TIME + count++).toISOString(), people.length - 1);
      }
    }),
  );
  arrivals.decisions = count;
  await waitFor("all to have arrived", () => open.size === 0);
  for (const { socket } of people) socket.terminate();
  return arrivals;
}

async function sit(seat: Seat, open: Map<string, Sent>, arrivals: Arrivals) {
  const { address, userId, headers, keys, dialect = asYWebsocket } = seat;
  const doc = new Y.Doc();
  const socket = new WebSocket(address, { headers });
  // Nobody decides in a document that they don't have yet, nor while others are let in.
  const answered = once(socket, "message");
  await once(socket, "open");
  socket.send(dialect.hello);
  await answered;
  let turn = 0;
  const pending: { at: number; clock: number }[] = [];

  socket.on("message", (frame: Buffer) => {
    const now = performance.now();
    if (frame[0] === MESSAGE_PERSISTED) return noteDurable(frame, now);
    for (const [time, sent] of open)
      if (sent.clientId !== doc.clientID && frame.includes(time)) {
        arrivals.atPeers.push(now - sent.at);
        sent.left -= 1;
        if (sent.left === 0) open.delete(time);
      }
  });

  function noteDurable(frame: Buffer, now: number): void {
    const decoder = decoding.createDecoder(frame);
    decoding.readVarUint(decoder);
    const reached = Y.decodeStateVector(decoding.readVarUint8Array(decoder)).get(doc.clientID) ?? 0;
    for (let first = pending[0]; first && first.clock <= reached; first = pending[0]) {
      arrivals.durable.push(now - first.at);
      pending.shift();
    }
  }

  return {
    socket,
    decide(time: string, peers: number): void {
      const key = keys[turn % keys.length] ?? "";
      const value = [Math.floor(turn / keys.length) % 2 === 0 ? "neg" : "neu"];
      turn += 1;
      let message: Uint8Array = new Uint8Array();
      doc.once("update", (update) => {
        message = updateMessage(update);
      });
      doc.getMap("decisions").set(key, { status: "CORRECTS", value, by: userId, at: time });
      const at = performance.now();
      pending.push({ at, clock: Y.getState(doc.store, doc.clientID) });
      open.set(time, { at, clientId: doc.clientID, left: peers });
      socket.send(dialect.wrap(message));
    },
  };
}
