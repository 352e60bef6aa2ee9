import { z } from "zod";
import { id } from "./common";
import { activeMs, unsureReason, verdictStatus } from "./verifications";

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

/**
 * The live room of one part of a session, a chunk of its items; in an independent session that of one person.
 * @param userId of an independent session
 */
export const roomName = (sessionId: string, chunk: number, userId: string | null = null): string =>
  `verification.${sessionId}.${chunk}${userId === null ? "" : `.${userId}`}`;

/** `null` when the name is not one of ours; `userId` is null for a room that everybody shares. */
export function parseRoomName(
  name: string,
): { sessionId: string; chunk: number; userId: string | null } | null {
  const match =
    /^verification\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(0|[1-9]\d{0,5})(?:\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))?$/.exec(
      name,
    );
  const [, sessionId, chunk, userId = null] = match ?? [];
  return sessionId && chunk ? { sessionId, chunk: Number(chunk), userId } : null;
}

/**
 * The shape of a live document: these two maps of Yjs, and nothing else. `decisions` holds a {@link decision} under
 * the id of the annotation that it is about, `spans` a {@link spanMark} under a UUID that its author made.
 *
 * A key holds one plain value, which is replaced as a whole; clients never delete a key. So each change can be judged,
 * and refused, on its own, and taking something back is a value as well, with an author and a time.
 */
export const documentMaps = ["decisions", "spans"] as const;
export type DocumentMap = (typeof documentMaps)[number];

/** When something was said: no longer than what a base can name. */
const saidAt = z.iso.datetime().max(40);

/** What a decision was made on: the author and time of the value that its author saw. */
const decisionBase = z.strictObject({ by: id, at: z.string().max(40) }).nullable();

/** A value of the map `decisions`, under an annotation id. */
export const decision = z.strictObject({
  /** Left out: the server derives it. null: cleared. */
  status: verdictStatus.nullable().optional(),
  value: z.array(z.string().max(200)).max(200),
  /** Of a label of spans: other borders than the job's, in code points, end exclusive. Both or neither. */
  start: z.number().int().optional(),
  end: z.number().int().optional(),
  by: id,
  at: saidAt,
  base: decisionBase.optional(),
  restoredBy: id.optional(),
  ms: activeMs.optional(),
  reason: unsureReason.optional(),
  /** Given to several labels at one stroke; left out: this one was looked at. */
  together: z.literal(true).optional(),
});
export type Decision = z.infer<typeof decision>;

/**
 * A value of the map `spans`, under a UUID that its author makes: a span that the job missed, the author's own label.
 * Only the author changes it, by another value under the same key; an empty `value` takes it away.
 */
export const spanMark = z.strictObject({
  recordId: id,
  label: z.string().max(100),
  value: z.array(z.string().max(200)).max(200),
  /** Code points, end exclusive. */
  start: z.number().int(),
  end: z.number().int(),
  by: id,
  at: saidAt,
  base: decisionBase.optional(),
});
export type SpanMark = z.infer<typeof spanMark>;

/** Spans of one person in one record and in one room, and of everybody in a room; those that were taken away count. */
export const MAX_SPANS_OF_RECORD = 1000;
export const MAX_SPANS_OF_PERSON = 10_000;
export const MAX_SPANS_OF_ROOM = 50_000;

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
  "enough_verdicts",
  "too_fast",
  "duplicate",
  "too_many",
] as const;
/** The JSON of a refused edit. `current` is the committed value of the key, when there is one. */
export const refusal = z.object({
  /** Of which map the keys are; left out: `decisions`. */
  map: z.enum(documentMaps).optional(),
  keys: z.array(z.string()),
  code: z.enum(refusalCodes),
  message: z.string(),
  current: z.record(z.string(), z.union([decision, spanMark]).nullable()).optional(),
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
