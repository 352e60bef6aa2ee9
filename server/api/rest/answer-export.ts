import { exportInput } from "@/contracts/exports";
import { type Actor, proveMembership } from "@/server/modules/access";
import { openExport } from "@/server/modules/exports";
import { clientAddress } from "@/server/platform/client-address";
import { type Db, getDb, getPool } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { processWide } from "@/server/platform/process-wide";
import { refuseUnstorable } from "../check-texts";
import { byteStream } from "./byte-stream";
import { admitCaller } from "./handle-request";
import { problemResponse } from "./problem-response";

/** Each holds a connection to the database while it is read; so that one person can't keep all others waiting, … */
const MAX_AT_ONCE = 6;
/** … each has their own share. */
const MAX_EACH = 3;
const STALL_MS = 120_000;

/** `GET /api/v1/projects/{project}/export`, for the bearer of an access token. */
export function handleExport(request: Request, project: string): Promise<Response> {
  return answerExport(request, project, async (db) => {
    const actor = await admitCaller(db, request);
    return actor;
  });
}

/**
 * Streams the file that the query string asks for. Headers come with the first rows, long before the last is read.
 * @param findActor who asks; null: nobody known
 */
export async function answerExport(
  request: Request,
  project: string,
  findActor: (db: Db) => Promise<Actor | null>,
): Promise<Response> {
  let release = () => {};
  try {
    const db = getDb();
    const actor = await findActor(db);
    if (!actor) throw new AppError("unauthenticated", "Sign in, or send an access token.");
    const member = await proveMembership(db, actor, project);
    const input = exportInput.parse(Object.fromEntries(new URL(request.url).searchParams));
    refuseUnstorable(input);
    release = takeSlot(actor.userId);
    const abort = new AbortController();
    const address = clientAddress(request.headers);
    const file = await openExport({ db, pool: getPool() }, member, input, { signal: abort.signal, address });
    request.signal.addEventListener("abort", () => abort.abort(), { once: true });
    const chunks = await withFirst(file.chunks);
    const body = byteStream(chunks, { abort, onEnd: release, stallMs: STALL_MS });
    return new Response(body, {
      headers: { ...file.headers, "cache-control": "no-store", "x-content-type-options": "nosniff" },
    });
  } catch (error) {
    release();
    return problemResponse(error);
  }
}

/** @returns the function that gives the slot back @throws AppError `rate_limited` */
function takeSlot(userId: string): () => void {
  const slots = processWide("exportSlots", (): Set<{ userId: string }> => new Set());
  const mine = [...slots].filter((slot) => slot.userId === userId);
  if (slots.size >= MAX_AT_ONCE || mine.length >= MAX_EACH)
    throw new AppError("rate_limited", "Too many exports run at once. Try again in a moment.", {
      retryAfter: 5,
    });
  const slot = { userId };
  slots.add(slot);
  return () => void slots.delete(slot);
}

/** The same chunks with the first one made already, so that what fails at once is told as a problem. */
async function withFirst<T>(chunks: AsyncGenerator<T>): Promise<AsyncGenerator<T>> {
  const first = await chunks.next();
  async function* all() {
    try {
      if (first.done) return;
      yield first.value;
      yield* chunks;
    } finally {
      await chunks.return(undefined);
    }
  }
  return all();
}
