import * as Y from "yjs";
import type { Connection } from "./connection";
import { type DecodedUpdate, type RawStruct, UnacceptableUpdate } from "./decode-update";
import { createUpdateParser } from "./parse-update";
import type { Authored } from "./settle";

export type Sent = { connection: Connection; update: DecodedUpdate };

type AcceptInput = {
  doc: Y.Doc;
  sent: readonly Sent[];
  ownerOf(clientId: number): string | undefined;
  presentOwner(clientId: number): string | undefined;
  /** Takes the client ids that write for the first time. */
  newOwners: Map<number, string>;
};

type Accepted = {
  entries: Authored<Connection>[];
  offenders: { connection: Connection; reason: string }[];
};

/**
 * The updates that can be applied. The rest is refused outright, and so are the later ones of the same connection:
 * they follow what was not applied.
 */
export function acceptUpdates({ doc, sent, ownerOf, presentOwner, newOwners }: AcceptInput): Accepted {
  const parse = createUpdateParser(doc);
  const offenders = new Map<Connection, string>();
  const entries = sent.flatMap(({ connection, update }) => {
    if (offenders.has(connection)) return [];
    const { userId } = connection.member;
    const claim = (clientIds: readonly number[]) => {
      for (const clientId of clientIds)
        if ((ownerOf(clientId) ?? presentOwner(clientId) ?? userId) !== userId)
          throw new UnacceptableUpdate("it writes under somebody else's Yjs client id");
      for (const clientId of clientIds) if (ownerOf(clientId) === undefined) newOwners.set(clientId, userId);
    };
    try {
      return [{ sender: connection, author: connection.member, update: parse(update, claim) }];
    } catch (error) {
      if (!(error instanceof UnacceptableUpdate)) throw error;
      offenders.set(connection, `This update is refused: ${error.message}.`);
      return [];
    }
  });
  return { entries, offenders: [...offenders].map(([connection, reason]) => ({ connection, reason })) };
}

/** Whether the document holds all that the update says, so that nothing needs to be written. */
export function isKnown(doc: Y.Doc, update: DecodedUpdate): boolean {
  // Most say something new, and their clocks tell.
  const isNew = ({ clientId, clock, length }: RawStruct) => clock + length > Y.getState(doc.store, clientId);
  if (update.structs.some(isNew)) return false;
  try {
    const { touched, writers } = createUpdateParser(doc)(update);
    return touched.length === 0 && writers.length === 0;
  } catch (error) {
    if (error instanceof UnacceptableUpdate) return false;
    throw error;
  }
}
