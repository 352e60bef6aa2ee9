import { z } from "zod";
import { id } from "./common";
import { verdictStatus } from "./verifications";

/** The wire of a verification session: what browser, programs and server agree on beside the Yjs protocol. */

/** Custom y-websocket message types. */
export const MESSAGE_PERSISTED = 100;
export const MESSAGE_REFUSED = 101;

/** WebSocket close codes. y-websocket stops for good on 4400–4499 and reconnects on all else. */
export const closeCodes = {
  /** Not a Yjs message, too large, touches what it must not. */
  badMessage: 4400,
  /** No or bad credentials. */
  unauthenticated: 4401,
  /** Not allowed here. */
  forbidden: 4403,
  noSuchRoom: 4404,
  flood: 4429,
  /** Credentials or document are stale: throw the document away, authenticate anew, reconnect. */
  stale: 4205,
  restart: 1012,
  commitFailed: 1013,
} as const;

/** Largest Yjs update that a client may send. */
export const MAX_UPDATE_BYTES = 256 * 1024;

/** The live room of one part of a session: items `chunk × chunkSize` and on. */
export const roomName = (sessionId: string, chunk: number): string => `verification.${sessionId}.${chunk}`;

/** `null` when the name is not one of ours. */
export function parseRoomName(name: string): { sessionId: string; chunk: number } | null {
  const match = /^verification\.([0-9a-f-]{36})\.(0|[1-9]\d{0,5})$/.exec(name);
  return match?.[1] && match[2] ? { sessionId: match[1], chunk: Number(match[2]) } : null;
}

/** What a decision was made on: the author and time of the value that its author saw. */
const decisionBase = z.strictObject({ by: id, at: z.string().max(40) }).nullable();

/** A value of the map `decisions`, under an annotation id. */
export const decision = z.strictObject({
  /** Left out: the server derives it. null: cleared. */
  status: verdictStatus.nullable().optional(),
  value: z.array(z.string().max(200)).max(200),
  by: id,
  at: z.iso.datetime(),
  base: decisionBase.optional(),
  restoredBy: id.optional(),
});
export type Decision = z.infer<typeof decision>;

const refusalCodes = [
  "invalid",
  "unknown_item",
  "invalid_value",
  "wrong_status",
  "forged_author",
  "overtaken",
  "forbidden",
  "closed",
  "held",
  "too_fast",
] as const;
/** The JSON of a refused edit. `current` is the committed value of the key, when there is one. */
export const refusal = z.object({
  keys: z.array(z.string()),
  code: z.enum(refusalCodes),
  message: z.string(),
  current: z.record(z.string(), decision.nullable()).optional(),
  /** The `at` of each refused decision: a later one of the same key may have been accepted. */
  at: z.record(z.string(), z.string()).optional(),
});
export type Refusal = z.infer<typeof refusal>;

/** Awareness state; `user` is always the server's word. */
export const presence = z.object({
  user: z.object({ id, name: z.string(), color: z.number().int() }).optional(),
  /** The annotation that the person looks at. */
  at: id.nullable().optional(),
  view: z.enum(["table", "focus"]).optional(),
});
export type Presence = z.infer<typeof presence>;
