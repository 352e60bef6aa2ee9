import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import * as Y from "yjs";
import { MESSAGE_PERSISTED, MESSAGE_REFUSED, type Refusal } from "@/contracts/live";

/** Message types of y-websocket, and of its sync messages. */
const SYNC = 0;
const AWARENESS = 1;
const QUERY_AWARENESS = 3;
const STEP_1 = 0;
const STEP_2 = 1;
const UPDATE = 2;

export type PresenceEntry = { clientId: number; clock: number; state: unknown };

/** What a client says. */
export type ClientMessage =
  | { kind: "sync"; stateVector: Uint8Array }
  | { kind: "update"; update: Uint8Array }
  | { kind: "presence"; entries: PresenceEntry[] }
  | { kind: "query-presence" };

/** y-websocket also sends back what it hears of others, so there may be many. */
const MAX_ENTRIES = 1000;

/** Reads one message of a client. @throws when it is not one of y-websocket's */
export function readMessage(bytes: Uint8Array): ClientMessage {
  const decoder = decoding.createDecoder(bytes);
  const type = decoding.readVarUint(decoder);
  if (type === SYNC) return readSync(decoder);
  if (type === AWARENESS)
    return { kind: "presence", entries: readPresence(decoding.readVarUint8Array(decoder)) };
  if (type === QUERY_AWARENESS) return { kind: "query-presence" };
  throw new Error(`There is no message of type ${type}.`);
}

function readSync(decoder: decoding.Decoder): ClientMessage {
  const step = decoding.readVarUint(decoder);
  const payload = decoding.readVarUint8Array(decoder);
  if (step === STEP_1) {
    Y.decodeStateVector(payload);
    return { kind: "sync", stateVector: payload };
  }
  if (step === STEP_2 || step === UPDATE) return { kind: "update", update: payload };
  throw new Error(`There is no sync message ${step}.`);
}

function readPresence(bytes: Uint8Array): PresenceEntry[] {
  const decoder = decoding.createDecoder(bytes);
  const count = decoding.readVarUint(decoder);
  if (count > MAX_ENTRIES) throw new Error("Presence of too many clients at once.");
  return Array.from({ length: count }, () => ({
    clientId: decoding.readVarUint(decoder),
    clock: decoding.readVarUint(decoder),
    state: JSON.parse(decoding.readVarString(decoder)),
  }));
}

const message = (type: number, write: (encoder: encoding.Encoder) => void): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, type);
    write(encoder);
  });

const sync = (step: number, payload: Uint8Array): Uint8Array =>
  message(SYNC, (encoder) => {
    encoding.writeVarUint(encoder, step);
    encoding.writeVarUint8Array(encoder, payload);
  });

/** Asks a client for what the document lacks. */
export const askForMissing = (doc: Y.Doc): Uint8Array => sync(STEP_1, Y.encodeStateVector(doc));
/** Answers a client's question: what its replica lacks. */
export const missingFor = (doc: Y.Doc, stateVector: Uint8Array): Uint8Array =>
  sync(STEP_2, Y.encodeStateAsUpdate(doc, stateVector));
export const updateMessage = (update: Uint8Array): Uint8Array => sync(UPDATE, update);

/** How far each Yjs client's changes are durable. */
export const persistedMessage = (clocks: Map<number, number>): Uint8Array =>
  message(MESSAGE_PERSISTED, (encoder) => encoding.writeVarUint8Array(encoder, Y.encodeStateVector(clocks)));
export const refusedMessage = (refusal: Refusal): Uint8Array =>
  message(MESSAGE_REFUSED, (encoder) => encoding.writeVarString(encoder, JSON.stringify(refusal)));

/** Who is where; an empty list keeps a silent connection alive. */
export const presenceMessage = (entries: readonly PresenceEntry[]): Uint8Array =>
  message(AWARENESS, (encoder) =>
    encoding.writeVarUint8Array(
      encoder,
      encoding.encode((inner) => {
        encoding.writeVarUint(inner, entries.length);
        for (const { clientId, clock, state } of entries) {
          encoding.writeVarUint(inner, clientId);
          encoding.writeVarUint(inner, clock);
          encoding.writeVarString(inner, JSON.stringify(state));
        }
      }),
    ),
  );
