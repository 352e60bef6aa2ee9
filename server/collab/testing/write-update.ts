import * as encoding from "lib0/encoding";

/** One value or deletion as an update says it, with nothing checked. */
type WrittenStruct = {
  /** What it follows; else it names its key. */
  origin?: readonly [clientId: number, clock: number];
  map?: string;
  key?: string;
  value?: unknown;
  /** Stands for so many deleted values. */
  deleted?: number;
};
type Section = { clientId: number; clock: number; structs: readonly WrittenStruct[] };
type Deletion = readonly [clientId: number, clock: number, length: number];

const HAS_ORIGIN = 0x80;
const HAS_KEY = 0x20;
const DELETED = 1;
const ANY = 8;

/** An update in Yjs's own form, as no Yjs would write it. */
export function writeUpdate(sections: readonly Section[], deletions: readonly Deletion[] = []): Uint8Array {
  return encoding.encode((encoder) => {
    const number = (value: number) => encoding.writeVarUint(encoder, value);
    number(sections.length);
    for (const { clientId, clock, structs } of sections) {
      for (const value of [structs.length, clientId, clock]) number(value);
      for (const struct of structs) writeStruct(encoder, struct);
    }
    number(deletions.length);
    for (const [clientId, clock, length] of deletions)
      for (const value of [clientId, 1, clock, length]) number(value);
  });
}

function writeStruct(
  encoder: encoding.Encoder,
  { origin, map = "decisions", key, value, deleted }: WrittenStruct,
): void {
  const content = deleted === undefined ? ANY : DELETED;
  encoding.writeUint8(encoder, content | (origin ? HAS_ORIGIN : 0) | (key === undefined ? 0 : HAS_KEY));
  if (origin) {
    for (const part of origin) encoding.writeVarUint(encoder, part);
  } else {
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarString(encoder, map);
    if (key !== undefined) encoding.writeVarString(encoder, key);
  }
  encoding.writeVarUint(encoder, deleted ?? 1);
  if (deleted === undefined) encoding.writeAny(encoder, JSON.parse(JSON.stringify(value ?? null)));
}
