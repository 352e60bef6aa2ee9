import * as Y from "yjs";

/** The maps that clients write; nothing else may be touched. */
const MAPS = ["decisions", "spans"] as const;
export type MapName = (typeof MAPS)[number];

export type Place = { map: MapName; key: string };
type Intent = Place & { value: unknown };

/** A client's update that can be applied without harm; whether what it says is allowed is another question. */
export type ParsedUpdate = {
  bytes: Uint8Array;
  /** How far the update reaches, by Yjs client id, and from where. */
  clocks: Map<number, { from: number; to: number }>;
  /** Values that it sets, in the order of each client's clock. */
  intents: Intent[];
  /** Keys that it may change, also without setting them. */
  touched: Place[];
  /** Yjs client ids under which it adds something. */
  writers: number[];
};

/** Thrown for an update that is refused outright: nothing of it is applied, and its connection is closed. */
export class UnacceptableUpdate extends Error {}

type Struct = { clientId: number; clock: number; length: number; place: Place; alive: boolean };

const MAX_CLIENTS = 16;
const MAX_KEY = 100;
const MAX_DELETED = 100_000;

/**
 * Reads updates in the order in which they will be applied to `doc`, each one as if those before it had been.
 * Refused are updates that are not Yjs, leave something pending, touch more than keys of the two maps, set
 * something else than one plain value, or delete a key.
 */
export function createUpdateParser(doc: Y.Doc) {
  const accepted = new Map<number, Struct[]>();
  const maps = new Map<unknown, MapName>(MAPS.map((name) => [doc.getMap(name), name]));
  const known = (clientId: number): number => {
    const last = accepted.get(clientId)?.at(-1);
    return last ? last.clock + last.length : Y.getState(doc.store, clientId);
  };

  /**
   * @param checkWriters throws when one of these client ids is not its sender's
   * @throws UnacceptableUpdate
   */
  function parse(
    { bytes, structs, deleted }: DecodedUpdate,
    checkWriters: (clientIds: readonly number[]) => void = () => undefined,
  ): ParsedUpdate {
    const fresh = placeAll(takeNew(structs, known), (clientId, clock) => findPlace(clientId, clock));
    const clocks = reach(structs);
    const knownAfter = (clientId: number) => Math.max(known(clientId), clocks.get(clientId)?.to ?? 0);
    const set = new Set(fresh.flatMap(({ struct, alive }) => (alive ? [keyOf(struct.place)] : [])));
    const gone: Place[] = [];
    for (const { clientId, clock, length } of deleted) {
      if (clock + length > knownAfter(clientId)) throw new UnacceptableUpdate("it deletes what nobody has");
      for (const place of livePlaces(clientId, clock, length)) {
        if (!set.has(keyOf(place)) && !isSetTwice(place)) throw new UnacceptableUpdate("it deletes a key");
        gone.push(place);
      }
    }
    const isDeleted = (struct: Struct) =>
      deleted.some(
        ({ clientId, clock, length }) =>
          clientId === struct.clientId && clock <= struct.clock && struct.clock < clock + length,
      );
    const intents = fresh.flatMap(({ struct, alive, value }) =>
      alive && !isDeleted(struct) ? [{ ...struct.place, value }] : [],
    );
    const writers = [...new Set(fresh.map(({ struct }) => struct.clientId))];
    checkWriters(writers);
    for (const { struct } of fresh) {
      const list = accepted.get(struct.clientId) ?? [];
      accepted.set(struct.clientId, list);
      list.push(struct);
    }
    const touched = [...fresh.map(({ struct }) => struct.place), ...gone];
    return { bytes, clocks, intents, touched, writers };
  }

  function findPlace(clientId: number, clock: number): Place | null {
    const early = accepted.get(clientId)?.find((one) => one.clock <= clock && clock < one.clock + one.length);
    if (early) return early.place;
    if (clock >= Y.getState(doc.store, clientId)) return null;
    return placeOfStored(Y.getItem(doc.store, Y.createID(clientId, clock)));
  }

  function placeOfStored(item: unknown): Place | null {
    if (!(item instanceof Y.Item) || item.parentSub === null) return null;
    const map = maps.get(item.parent);
    return map ? { map, key: item.parentSub } : null;
  }

  function livePlaces(clientId: number, clock: number, length: number): Place[] {
    const end = clock + length;
    const early = (accepted.get(clientId) ?? []).filter(
      (one) => one.alive && one.clock < end && clock < one.clock + one.length,
    );
    const stored = doc.store.clients.get(clientId) ?? [];
    const places = early.map(({ place }) => place);
    if (clock >= Y.getState(doc.store, clientId)) return places;
    for (let at = Y.findIndexSS(stored, clock); at < stored.length; at++) {
      const item = stored[at];
      if (!item || item.id.clock >= end) break;
      const place = item.deleted ? null : placeOfStored(item);
      if (place) places.push(place);
    }
    return places;
  }

  /** Whether an update before this one set the key: then what this one deletes has been overwritten. */
  function isSetTwice({ map, key }: Place): boolean {
    for (const list of accepted.values())
      if (list.some(({ alive, place }) => alive && place.map === map && place.key === key)) return true;
    return false;
  }

  return parse;
}

type Raw = { clientId: number; clock: number; length: number; struct: unknown };
type Deleted = { clientId: number; clock: number; length: number };

/** An update taken apart, before it is known what it follows. */
export type DecodedUpdate = { bytes: Uint8Array; structs: Raw[]; deleted: Deleted[] };

/** @throws UnacceptableUpdate for what is not Yjs */
export function decodeUpdate(bytes: Uint8Array): DecodedUpdate {
  try {
    const { structs, ds } = Y.decodeUpdate(bytes);
    return {
      bytes,
      structs: structs.map((struct) => ({
        clientId: struct.id.client,
        clock: struct.id.clock,
        length: struct.length,
        struct,
      })),
      deleted: [...ds.clients].flatMap(([clientId, ranges]) =>
        ranges.map(({ clock, len }) => ({ clientId, clock, length: len })),
      ),
    };
  } catch {
    throw new UnacceptableUpdate("it is not Yjs");
  }
}

function reach(structs: readonly Raw[]): ParsedUpdate["clocks"] {
  const clocks: ParsedUpdate["clocks"] = new Map();
  for (const { clientId, clock, length } of structs) {
    const before = clocks.get(clientId);
    clocks.set(clientId, {
      from: Math.min(before?.from ?? clock, clock),
      to: Math.max(before?.to ?? 0, clock + length),
    });
  }
  return clocks;
}

/** Structs that the document lacks, by client. Each client's must join on to what is known. */
function takeNew(structs: readonly Raw[], known: (clientId: number) => number): Map<number, Raw[]> {
  const fresh = new Map<number, Raw[]>();
  for (const raw of structs) {
    const list = fresh.get(raw.clientId) ?? [];
    const last = list.at(-1);
    const expected = last ? last.clock + last.length : known(raw.clientId);
    if (raw.clock + raw.length <= expected) continue;
    if (raw.clock > expected) throw new UnacceptableUpdate("it lacks what comes before");
    fresh.set(raw.clientId, list);
    list.push(raw);
  }
  if (fresh.size > MAX_CLIENTS) throw new UnacceptableUpdate("it writes for too many clients");
  return fresh;
}

type Placed = { struct: Struct; alive: boolean; value: unknown };

/** Finds each new struct's key, through the one that it follows. What can't be found would stay pending. */
function placeAll(
  fresh: Map<number, Raw[]>,
  findOld: (clientId: number, clock: number) => Place | null,
): Placed[] {
  const placed = new Map<number, Placed[]>([...fresh.keys()].map((clientId) => [clientId, []]));
  const find = (clientId: number, clock: number): Place | null => {
    const own = placed.get(clientId)?.findLast(({ struct }) => struct.clock <= clock);
    if (own && clock < own.struct.clock + own.struct.length) return own.struct.place;
    return findOld(clientId, clock);
  };
  for (let advanced = true; advanced; ) {
    advanced = false;
    for (const [clientId, list] of fresh) {
      const done = placed.get(clientId) ?? [];
      for (let raw = list[done.length]; raw; raw = list[done.length]) {
        const content = contentOf(raw);
        const place = placeOf(raw, find);
        if (!place) break;
        const { clock, length } = raw;
        done.push({ struct: { clientId, clock, length, place, alive: content.alive }, ...content });
        advanced = true;
      }
    }
  }
  for (const [clientId, list] of fresh)
    if (placed.get(clientId)?.length !== list.length)
      throw new UnacceptableUpdate("it lacks what comes before");
  return [...placed.values()].flat();
}

function placeOf(
  { clientId, clock, struct }: Raw,
  find: (clientId: number, clock: number) => Place | null,
): Place | null {
  if (!(struct instanceof Y.Item))
    throw new UnacceptableUpdate("it holds something else than values of keys");
  if (struct.rightOrigin !== null) throw new UnacceptableUpdate("it writes into the middle of a history");
  if (struct.origin !== null) {
    if (struct.origin.client === clientId && struct.origin.clock >= clock)
      throw new UnacceptableUpdate("it follows itself");
    return find(struct.origin.client, struct.origin.clock);
  }
  // Read from an update, a parent is still the name of a root type; its type says what it becomes.
  const parent: unknown = struct.parent;
  const map = MAPS.find((name) => name === parent);
  const key = struct.parentSub;
  if (!map || key === null || key.length > MAX_KEY)
    throw new UnacceptableUpdate('it touches something else than keys of "decisions" and "spans"');
  return { map, key };
}

function contentOf({ struct, length }: Raw): { alive: boolean; value: unknown } {
  if (struct instanceof Y.Item && struct.content instanceof Y.ContentDeleted && length <= MAX_DELETED)
    return { alive: false, value: undefined };
  if (struct instanceof Y.Item && struct.content instanceof Y.ContentAny && length === 1)
    return { alive: true, value: struct.content.arr[0] };
  throw new UnacceptableUpdate("it sets something else than one plain value");
}

const keyOf = ({ map, key }: Place): string => `${map} ${key}`;
