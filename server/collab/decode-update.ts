import * as decoding from "lib0/decoding";
import * as Y from "yjs";

/** Thrown for an update that is refused outright: nothing of it is applied, and its connection is closed. */
export class UnacceptableUpdate extends Error {}

export type RawStruct = { clientId: number; clock: number; length: number; struct: unknown };
export type ClockRange = { clock: number; length: number };

/** An update taken apart, before it is known what it follows. */
export type DecodedUpdate = {
  bytes: Uint8Array;
  /** Each client's stand together, one joining on to the other. */
  structs: RawStruct[];
  /** What it deletes of each client, in order, no two touching. */
  deleted: ReadonlyMap<number, readonly ClockRange[]>;
};

/** Yjs draws a client id of 32 bits. */
const MAX_CLIENT_ID = 0xffff_ffff;

/** @throws UnacceptableUpdate for what is not Yjs, or is written as no Yjs writes it */
export function decodeUpdate(bytes: Uint8Array): DecodedUpdate {
  const { structs, ds, sections } = read(bytes);
  // Yjs applies the last of two sections about one client and forgets the others.
  if (sections !== new Set(structs.map(({ id }) => id.client)).size)
    throw new UnacceptableUpdate("it speaks of a client twice, or of one without saying anything");
  if (structs.some(({ id }) => id.client > MAX_CLIENT_ID))
    throw new UnacceptableUpdate("it writes under a client id that no Yjs makes");
  return {
    bytes,
    structs: structs.map((struct) => ({
      clientId: struct.id.client,
      clock: struct.id.clock,
      length: struct.length,
      struct,
    })),
    deleted: new Map(
      [...Y.mergeDeleteSets([ds]).clients].map(([clientId, ranges]) => [
        clientId,
        ranges.map(({ clock, len }) => ({ clock, length: len })),
      ]),
    ),
  };
}

function read(bytes: Uint8Array) {
  try {
    return { ...Y.decodeUpdate(bytes), sections: decoding.readVarUint(decoding.createDecoder(bytes)) };
  } catch {
    throw new UnacceptableUpdate("it is not Yjs");
  }
}
