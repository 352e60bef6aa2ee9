import { setTimeout as sleep } from "node:timers/promises";
import { actingMember } from "@/server/modules/access";
import { parseQuery, recordFilter } from "@/server/modules/search";
import { open } from "@/server/platform/crypto";
import { type Db, inTransaction } from "@/server/platform/db";
import { encryptionKey } from "@/server/platform/env";
import { isAppError } from "@/server/platform/errors";
import { type Embedder, LlmError } from "@/server/platform/llm";
import { queryRows, type Sql, sql } from "@/server/platform/sql";
import { wantVectorIndex } from "../vectors/build-vector-index";
import { vectorProblem } from "../vectors/vector-problem";
import { type NewVector, writeVectors } from "../vectors/write-vectors";

/** Texts of one call, and calls at a time. */
const TEXTS = 64;
const CALLS = 4;
const TIMEOUT_MS = 60_000;
const TRIES = 8;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;

export type RunEmbeddings = { db: Db; embedder: Embedder; signal: AbortSignal; lastAttempt: boolean };

type Text = { id: string; content: string; position: number };
type Run = NonNullable<Awaited<ReturnType<Db["embeddingRun"]["findUnique"]>>>;

/**
 * Carries a run out: pages through the records that have no vector of the name, asks for them, and writes each
 * page with the place reached in one transaction. After a kill the run goes on there; at most one page is asked
 * for twice. Before each page it is asked whether the person who began it may still do so. A run that has ended
 * stays as it is.
 */
export async function runEmbeddings(context: RunEmbeddings, runId: string): Promise<void> {
  const { db, signal, lastAttempt } = context;
  const run = await db.embeddingRun.findUnique({ where: { id: runId } });
  if (!run || (run.status !== "queued" && run.status !== "running")) return;
  const begun = await db.embeddingRun.updateMany({
    where: { id: runId, status: { in: ["queued", "running"] } },
    data: { status: "running", startedAt: run.startedAt ?? new Date() },
  });
  if (begun.count === 0) return;
  try {
    await end(db, runId, await embedAll(context, run));
  } catch (error) {
    signal.throwIfAborted();
    const known = error instanceof LlmError || isAppError(error);
    if (!known && !lastAttempt) throw error;
    const code = error instanceof LlmError ? error.kind : isAppError(error) ? error.code : "internal";
    await end(db, runId, "failed", known ? { code, detail: error.message } : SERVER_ERROR);
  }
}

const SERVER_ERROR = {
  code: "internal",
  detail: "The run stopped because of an error of the server; start it again.",
};

/** Ends a run whose worker was killed once too often, as one that failed. */
export async function giveUpEmbeddings(db: Db, runId: string): Promise<void> {
  await db.embeddingRun.updateMany({
    where: { id: runId, status: { in: ["queued", "running"] } },
    data: { status: "failed", finishedAt: new Date(), sealedApiKey: null, error: SERVER_ERROR },
  });
}

async function end(
  db: Db,
  id: string,
  status: "succeeded" | "failed" | "cancelled",
  error?: { code: string; detail: string },
): Promise<void> {
  await db.embeddingRun.update({
    where: { id },
    data: { status, finishedAt: new Date(), sealedApiKey: null, ...(error ? { error } : {}) },
  });
}

async function embedAll(context: RunEmbeddings, run: Run): Promise<"succeeded" | "cancelled"> {
  const { db, signal } = context;
  const query = parseQuery(run.query);
  let reached = Number(run.reached);
  for (;;) {
    signal.throwIfAborted();
    if (await isCancelled(db, run)) return "cancelled";
    // Whoever may no longer do this, or sees fewer records by now, sends no more of them away.
    const actor = await actingMember(db, run.projectId, run.createdById, "records:write");
    const page = await nextTexts(db, run, await recordFilter(db, actor, query), reached);
    const last = page.at(-1);
    if (!last) {
      await wantVectorIndex(db, run);
      return "succeeded";
    }
    await embedPage(context, run, page, last.position);
    reached = last.position;
  }
}

async function isCancelled(db: Db, { id }: Run): Promise<boolean> {
  const { cancelRequested } = await db.embeddingRun.findUniqueOrThrow({
    where: { id },
    select: { cancelRequested: true },
  });
  return cancelRequested;
}

const nextTexts = (db: Db, { projectId, name }: Run, filter: Sql, reached: number): Promise<Text[]> =>
  queryRows<Text>(
    db,
    sql`select r."id", r."content", r."position"::float8 as "position" from "Record" r
      where ${filter} and r."position" > ${reached}::bigint
        and not exists (select 1 from "RecordVector" v where v."projectId" = ${projectId}::uuid
          and v."name" = ${name} and v."recordId" = r."id")
      order by r."position" limit ${TEXTS * CALLS}`,
  );

type Asked = { vectors: NewVector[]; failed: number; tokens: number };

async function embedPage(
  context: RunEmbeddings,
  run: Run,
  page: readonly Text[],
  reached: number,
): Promise<void> {
  const groups = Array.from({ length: Math.ceil(page.length / TEXTS) }, (_, at) =>
    page.slice(at * TEXTS, (at + 1) * TEXTS),
  );
  const asked = await Promise.all(groups.map((group) => askFor(context, run, group)));
  const { projectId, name, model } = run;
  await inTransaction(context.db, async (tx) => {
    const vectors = await stillTrue(
      tx,
      projectId,
      page,
      asked.flatMap((part) => part.vectors),
    );
    await writeVectors(tx, { projectId, name, source: "embeddings", model }, vectors);
    await tx.embeddingRun.update({
      where: { id: run.id },
      data: {
        reached: BigInt(reached),
        done: { increment: vectors.length },
        failed: { increment: asked.reduce((sum, { failed }) => sum + failed, 0) },
        promptTokens: { increment: asked.reduce((sum, { tokens }) => sum + tokens, 0) },
      },
    });
  });
}

/** Without the vectors of texts that were changed, or erased, while the endpoint was asked; the others stay as they are. */
async function stillTrue(
  tx: Db,
  projectId: string,
  page: readonly Text[],
  vectors: readonly NewVector[],
): Promise<NewVector[]> {
  const rows = await queryRows<{ id: string }>(
    tx,
    sql`select r."id" from "Record" r
      join unnest(${page.map(({ id }) => id)}::uuid[], ${page.map(({ content }) => content)}::text[])
        as t ("id", "content") on t."id" = r."id" and t."content" = r."content"
      where r."projectId" = ${projectId}::uuid and r."erasedAt" is null
      order by r."id" for key share of r`,
  );
  const same = new Set(rows.map(({ id }) => id));
  return vectors.filter(({ recordId }) => same.has(recordId));
}

/** A group of texts; one that the endpoint refuses is halved until the text that it refuses stands alone. */
async function askFor(context: RunEmbeddings, run: Run, texts: readonly Text[]): Promise<Asked> {
  try {
    const { vectors: answered, promptTokens } = await embedPatiently(context, run, texts);
    const vectors = texts.flatMap(({ id }, at) => {
      const vector = answered[at];
      return vector && vectorProblem(vector) === null ? [{ recordId: id, vector }] : [];
    });
    return { vectors, failed: texts.length - vectors.length, tokens: promptTokens ?? 0 };
  } catch (error) {
    if (!(error instanceof LlmError) || error.kind !== "bad_request") throw error;
    if (texts.length === 1) return { vectors: [], failed: 1, tokens: 0 };
    const half = Math.ceil(texts.length / 2);
    const first = await askFor(context, run, texts.slice(0, half));
    const second = await askFor(context, run, texts.slice(half));
    if (first.failed + second.failed === texts.length) throw error;
    return {
      vectors: [...first.vectors, ...second.vectors],
      failed: first.failed + second.failed,
      tokens: first.tokens + second.tokens,
    };
  }
}

const passing = new Set(["rate_limited", "provider_error", "timeout", "connection"]);

/** Tries again what may pass, longer and longer, or as long as the endpoint asks. */
async function embedPatiently({ embedder, signal }: RunEmbeddings, run: Run, texts: readonly Text[]) {
  const sealed = run.sealedApiKey;
  const apiKey = sealed ? open(Buffer.from(sealed).toString("utf8"), encryptionKey(), run.id) : null;
  for (let attempt = 1; ; attempt++) {
    try {
      return await embedder.embed(
        {
          baseUrl: run.baseUrl,
          apiKey,
          model: run.model,
          texts: texts.map(({ content }) => content),
          timeoutMs: TIMEOUT_MS,
        },
        signal,
      );
    } catch (error) {
      if (!(error instanceof LlmError) || !passing.has(error.kind) || attempt >= TRIES) throw error;
      const wait = error.retryAfterMs ?? FIRST_WAIT * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
      await sleep(Math.min(wait, LONGEST_WAIT), undefined, { signal });
    }
  }
}
