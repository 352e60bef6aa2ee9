import type { IncomingMessage } from "node:http";
import { closeCodes } from "@/contracts/live";
import type { Actor, ProjectActor } from "@/server/modules/access";
import { enterRoom, findRoom, type RoomRef, redeemTicket } from "@/server/modules/verification";
import type { Db } from "@/server/platform/db";
import { isAppError } from "@/server/platform/errors";

/** Who opens a socket by a header: a program by `Authorization`, or a page of ours by its session cookie. */
type UpgradeIdentity = { actor: Actor } | { actor: null; why: "none" | "bad-token" | "foreign-origin" };
export type IdentifyUpgrade = (headers: Headers) => Promise<UpgradeIdentity>;

/** Why a socket is not let in, with the code it is closed with. */
export class RefusedConnection extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** The room that an address names, and the ticket in it. */
export function readAddress(request: IncomingMessage): { roomName: string; ticket: string | null } {
  const url = new URL(request.url ?? "/", "http://localhost");
  const roomName = url.pathname.split("/").at(-1) ?? "";
  return { roomName, ticket: url.searchParams.get("ticket") };
}

/** @throws RefusedConnection when there is no such room */
export async function requireRoom(db: Db, roomName: string): Promise<RoomRef> {
  const room = await findRoom(db, roomName);
  if (room) return room;
  throw new RefusedConnection(closeCodes.noSuchRoom, "There is no such room.");
}

/** The person behind an upgrade. @throws RefusedConnection without good credentials, or from a foreign page */
export async function identify(
  db: Db,
  request: IncomingMessage,
  room: RoomRef,
  identifyUpgrade: IdentifyUpgrade,
): Promise<Actor> {
  const { ticket } = readAddress(request);
  if (ticket !== null) {
    const redeemed = await redeemTicket(db, ticket);
    if (!redeemed)
      throw new RefusedConnection(closeCodes.unauthenticated, "The ticket is unknown, used or too old.");
    if (redeemed.sessionId !== room.sessionId)
      throw new RefusedConnection(closeCodes.forbidden, "The ticket is for another session.");
    return redeemed.actor;
  }
  const identity = await identifyUpgrade(headersOf(request));
  if (identity.actor) return identity.actor;
  if (identity.why === "foreign-origin")
    throw new RefusedConnection(
      closeCodes.forbidden,
      "Only pages of this server may connect with its cookie.",
    );
  throw new RefusedConnection(closeCodes.unauthenticated, "Sign in, or send an access token or a ticket.");
}

/** The same questions as the API's: membership, scope, and whether the session is open to the person. */
export async function admit(db: Db, actor: Actor, room: RoomRef): Promise<ProjectActor> {
  try {
    return await enterRoom(db, actor, room);
  } catch (error) {
    if (isAppError(error) && error.code === "forbidden")
      throw new RefusedConnection(closeCodes.forbidden, error.message);
    throw error;
  }
}

type Proved = {
  db: Db;
  request: IncomingMessage;
  room: RoomRef;
  identifyUpgrade: IdentifyUpgrade;
  actor: Actor;
  member: ProjectActor;
};

/**
 * Asks again what let a connection in. A ticket is used up, so of its bearer only the membership is asked about.
 * @throws RefusedConnection when the credentials are no longer good, or the person may do something else now
 */
export async function proveAgain(proved: Proved): Promise<void> {
  const { db, request, room, identifyUpgrade, actor, member } = proved;
  const byTicket = readAddress(request).ticket !== null;
  const now = byTicket ? actor : await identify(db, request, room, identifyUpgrade);
  const { role, userId } = await admit(db, now, room);
  if (role !== member.role || userId !== member.userId)
    throw new RefusedConnection(closeCodes.stale, "The role has changed.");
}

function headersOf(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  return headers;
}
