import { z } from "zod";
import { type Outbox, type OutboxOptions, openOutbox, type Unsent } from "@/components/saving/outbox";
import { decision, spanMark } from "@/contracts/live";

/** A decision, or a span of one's own, that the server has not yet said to be durable. */
const unsentMark = z.object({
  decision: z.union([decision, spanMark]),
  /** What stood when its author first decided since the server last said that something is durable; null: nothing. */
  seen: z.object({ by: z.string(), at: z.string() }).nullable(),
});
export type UnsentMark = Unsent<z.infer<typeof unsentMark>>;
export type RoomOutbox = Outbox<z.infer<typeof unsentMark>>;

export const openRoomOutbox = (options: OutboxOptions): RoomOutbox =>
  openOutbox({ ...options, read: (json) => unsentMark.parse(json) });
