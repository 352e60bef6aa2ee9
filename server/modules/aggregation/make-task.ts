import type { Db } from "@/server/platform/db";
import { enqueue } from "@/server/platform/queue";

/** Its handler is in the worker. */
const MAKE_AGGREGATION = "make-aggregation";
/** Tries, some minutes together, after which a snapshot that always ends in an error of the server is given up. */
export const MAX_MAKE_ATTEMPTS = 6;

export type MakeAggregationPayload = { projectId: string; id: string };

export const makeTaskKey = ({ id }: MakeAggregationPayload): string => `aggregation:${id}`;

/** Makes a snapshot's making due when the transaction of `db` commits. */
export async function enqueueAggregation(db: Db, payload: MakeAggregationPayload): Promise<void> {
  await enqueue(db, MAKE_AGGREGATION, payload, {
    key: makeTaskKey(payload),
    maxAttempts: MAX_MAKE_ATTEMPTS,
  });
}
