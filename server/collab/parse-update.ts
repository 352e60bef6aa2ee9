import * as Y from "yjs";
import { type DocumentMap, documentMaps } from "@/contracts/live";
import { type ClockRange, type DecodedUpdate, type RawStruct, UnacceptableUpdate } from "./decode-update";

export type Place = { map: DocumentMap; key: string };
/** A value that somebody wants a key to hold. */
export type Intent = Place & { value: unknown };

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

type Struct = { clientId: number; clock: number; length: number; place: Place; alive: boolean };

const MAX_CLIENTS = 16;
/** A group decides at most the thousand labels of a room; this bounds the time that Yjs takes to put them in order. */
const MAX_NEW = 4000;
const MAX_KEY = 100;
const MAX_DELETED = 100_000;
/** A decision is a list in an object; whoever walks through a value must come to an end of it. */
const MAX_NESTING = 4;

/**
 * Reads updates in the order in which they will be applied to `doc`, each one as if those before it had been.
 * Refused are updates that leave something pending, touch more than keys of the two maps, set something else
 * than one plain value, or delete a key. Takes time in proportion to the update's length.
 */
export function createUpdateParser(doc: Y.Doc) {
  const accepted = new Map<number, Struct[]>();
  const setBefore = new Set<string>();
  const maps = new Map<unknown, DocumentMap>(documentMaps.map((name) => [doc.getMap(name), name]));
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
    const fresh = placeAll(takeNew(structs, known), findPlace);
    const clocks = reach(structs);
    const knownAfter = (clientId: number) => Math.max(known(clientId), clocks.get(clientId)?.to ?? 0);
    const set = new Set(fresh.flatMap(({ struct, alive }) => (alive ? [keyOf(struct.place)] : [])));
    const gone: Place[] = [];
    for (const [clientId, ranges] of deleted)
      for (const range of ranges) {
        if (range.clock + range.length > knownAfter(clientId))
          throw new UnacceptableUpdate("it deletes what nobody has");
        for (const place of livePlaces(clientId, range)) {
          if (!set.has(keyOf(place)) && !setBefore.has(keyOf(place)))
            throw new UnacceptableUpdate("it deletes a key");
          gone.push(place);
        }
      }
    const intents = fresh.flatMap(({ struct, alive, value }) =>
      alive && !rangeAt(deleted.get(struct.clientId) ?? [], struct.clock) ? [{ ...struct.place, value }] : [],
    );
    const writers = [...new Set(fresh.map(({ struct }) => struct.clientId))];
    checkWriters(writers);
    for (const { struct } of fresh) {
      const list = accepted.get(struct.clientId) ?? [];
      accepted.set(struct.clientId, list);
      list.push(struct);
    }
    for (const key of set) setBefore.add(key);
    const touched = [...fresh.map(({ struct }) => struct.place), ...gone];
    return { bytes, clocks, intents, touched, writers };
  }

  function findPlace(clientId: number, clock: number): Place | null {
    const early = rangeAt(accepted.get(clientId) ?? [], clock);
    if (early) return early.place;
    if (clock >= Y.getState(doc.store, clientId)) return null;
    return placeOfStored(Y.getItem(doc.store, Y.createID(clientId, clock)));
  }

  function placeOfStored(item: unknown): Place | null {
    if (!(item instanceof Y.Item) || item.parentSub === null) return null;
    const map = maps.get(item.parent);
    return map ? { map, key: item.parentSub } : null;
  }

  function livePlaces(clientId: number, { clock, length }: ClockRange): Place[] {
    const end = clock + length;
    const places: Place[] = [];
    const early = accepted.get(clientId) ?? [];
    for (let at = Math.max(0, indexAt(early, clock)); at < early.length; at++) {
      const one = early[at];
      if (!one || one.clock >= end) break;
      if (one.alive && clock < one.clock + one.length) places.push(one.place);
    }
    if (clock >= Y.getState(doc.store, clientId)) return places;
    const stored = doc.store.clients.get(clientId) ?? [];
    for (let at = Y.findIndexSS(stored, clock); at < stored.length; at++) {
      const item = stored[at];
      if (!item || item.id.clock >= end) break;
      const place = item.deleted ? null : placeOfStored(item);
      if (place) places.push(place);
    }
    return places;
  }

  return parse;
}

/** The last of these ranges, which are in order, that begins at the clock or before; -1 when all begin later. */
function indexAt(ranges: readonly ClockRange[], clock: number): number {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ranges[middle]?.clock ?? 0) <= clock) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The one of these ranges, which are in order, that holds the clock. */
function rangeAt<T extends ClockRange>(ranges: readonly T[], clock: number): T | undefined {
  const found = ranges[indexAt(ranges, clock)];
  return found && clock < found.clock + found.length ? found : undefined;
}

function reach(structs: readonly RawStruct[]): ParsedUpdate["clocks"] {
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

/** A struct of which everything from `start` on is new. */
type NewStruct = RawStruct & { start: number };

/** Structs that the document lacks, by client. Each client's must join on to what is known. */
function takeNew(
  structs: readonly RawStruct[],
  known: (clientId: number) => number,
): Map<number, NewStruct[]> {
  const fresh = new Map<number, NewStruct[]>();
  let count = 0;
  for (const raw of structs) {
    const list = fresh.get(raw.clientId) ?? [];
    const last = list.at(-1);
    const expected = last ? last.clock + last.length : known(raw.clientId);
    if (raw.clock + raw.length <= expected) {
      requireKnownAround(raw, known);
      continue;
    }
    if (raw.clock > expected) throw new UnacceptableUpdate("it lacks what comes before");
    fresh.set(raw.clientId, list);
    list.push({ ...raw, start: expected });
    count += 1;
  }
  if (fresh.size > MAX_CLIENTS) throw new UnacceptableUpdate("it writes for too many clients");
  if (count > MAX_NEW) throw new UnacceptableUpdate("it says too much at once");
  return fresh;
}

/**
 * What is known already was known with what it follows. Yjs waits for what a struct names even when it has the
 * struct, so one that is told otherwise the second time would leave the update pending.
 */
function requireKnownAround({ clientId, struct }: RawStruct, known: (clientId: number) => number): void {
  if (!(struct instanceof Y.Item)) return;
  const named = [struct.origin, struct.rightOrigin, struct.parent].filter((one) => one instanceof Y.ID);
  if (named.some(({ client, clock }) => client !== clientId && clock >= known(client)))
    throw new UnacceptableUpdate("it says something else than before");
}

type Placed = { struct: Struct; alive: boolean; value: unknown };
type FindPlace = (clientId: number, clock: number) => Place | null;

/** Finds each new struct's key, through the one that it follows. What can't be found would stay pending. */
function placeAll(fresh: ReadonlyMap<number, NewStruct[]>, findOld: FindPlace): Placed[] {
  const placed = new Map<number, { list: Placed[]; ranges: Struct[]; followed: Set<string> }>(
    [...fresh.keys()].map((clientId) => [clientId, { list: [], ranges: [], followed: new Set() }]),
  );
  const find: FindPlace = (clientId, clock) =>
    rangeAt(placed.get(clientId)?.ranges ?? [], clock)?.place ?? findOld(clientId, clock);
  for (let advanced = true; advanced; ) {
    advanced = false;
    for (const [clientId, raws] of fresh) {
      const done = placed.get(clientId);
      if (!done) continue;
      for (let raw = raws[done.list.length]; raw; raw = raws[done.list.length]) {
        const content = contentOf(raw);
        const place = placeOf(raw, find);
        if (!place) break;
        requireOneAfter(raw, place, done.followed);
        const { start, clock, length } = raw;
        const struct = {
          clientId,
          clock: start,
          length: clock + length - start,
          place,
          alive: content.alive,
        };
        done.ranges.push(struct);
        done.list.push({ struct, ...content });
        advanced = true;
      }
    }
  }
  for (const [clientId, raws] of fresh)
    if (placed.get(clientId)?.list.length !== raws.length)
      throw new UnacceptableUpdate("it lacks what comes before");
  return [...placed.values()].flatMap(({ list }) => list);
}

function placeOf({ clientId, clock, start, struct }: NewStruct, find: FindPlace): Place | null {
  if (!(struct instanceof Y.Item))
    throw new UnacceptableUpdate("it holds something else than values of keys");
  if (struct.rightOrigin !== null) throw new UnacceptableUpdate("it writes into the middle of a history");
  const place = struct.origin === null ? placeOfFirst(struct) : placeAfter(struct.origin);
  if (place === null || start === clock) return place;
  // Of what is known in part, Yjs puts the rest where the known part is.
  const before = find(clientId, start - 1);
  if (before === null || keyOf(before) !== keyOf(place))
    throw new UnacceptableUpdate("it says something else than before");
  return place;

  function placeAfter(origin: Y.ID): Place | null {
    if (origin.client === clientId && origin.clock >= clock)
      throw new UnacceptableUpdate("it follows itself");
    return find(origin.client, origin.clock);
  }
}

/** The key of a struct that is the first of its history, as far as its author knew. */
function placeOfFirst({ parent, parentSub: key }: Y.Item): Place {
  // Read from an update, a parent is still the name of a root type; its type says what it becomes.
  const name: unknown = parent;
  const map = documentMaps.find((one) => one === name);
  if (!map || key === null || key.length > MAX_KEY)
    throw new UnacceptableUpdate(`it touches something else than keys of ${allowedMaps}`);
  return { map, key };
}

/**
 * A client writes after the last that it knows of a key, so never twice after the same. Many that do would each be
 * compared with all others.
 */
function requireOneAfter({ struct }: NewStruct, place: Place, followed: Set<string>): void {
  const origin = struct instanceof Y.Item ? struct.origin : null;
  const after = origin ? `${origin.client} ${origin.clock}` : keyOf(place);
  if (followed.has(after)) throw new UnacceptableUpdate("it writes twice after the same");
  followed.add(after);
}

function contentOf({ struct, length }: RawStruct): { alive: boolean; value: unknown } {
  if (struct instanceof Y.Item && struct.content instanceof Y.ContentDeleted && length <= MAX_DELETED)
    return { alive: false, value: undefined };
  if (struct instanceof Y.Item && struct.content instanceof Y.ContentAny && length === 1) {
    const value: unknown = struct.content.arr[0];
    if (isNestedWithin(value, MAX_NESTING)) return { alive: true, value };
  }
  throw new UnacceptableUpdate("it sets something else than one plain value");
}

const isNestedWithin = (value: unknown, levels: number): boolean =>
  typeof value !== "object" ||
  value === null ||
  (levels > 0 && Object.values(value).every((inside) => isNestedWithin(inside, levels - 1)));

const allowedMaps = documentMaps.map((name) => `"${name}"`).join(" and ");

const keyOf = ({ map, key }: Place): string => `${map} ${key}`;
