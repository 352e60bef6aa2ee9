import { setImmediate as nextTurn } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import type { AnswerToken } from "@/server/modules/agents";
import { writeJobLabels } from "@/server/modules/annotations";
import { type Db, inTransaction } from "@/server/platform/db";
import { execute, sql } from "@/server/platform/sql";
import { itemsOf } from "./items-of";
import { joinSamples, readSamples } from "./job-samples";
import type { JobRun } from "./load-job-run";
import { type AnswerToRead, type ReadAnswer, readAnswer } from "./read-answer";
import { readAnswerSamples } from "./read-answer-samples";
import { readContexts } from "./record-contexts";
import type { CommittedAnswer } from "./share-answers";

const READ_AT_ONCE = 8;

const choice = z.object({ token: z.string(), logprob: z.number(), bytes: z.array(z.number()).nullish() });
const keptTokens = z.array(choice.extend({ top: z.array(choice) }));

/** The tokens kept with an answer. */
function unpackTokens(packed: Uint8Array | null): AnswerToken[] | null {
  return packed === null ? null : keptTokens.parse(JSON.parse(gunzipSync(packed).toString("utf8")));
}

export const asCommitted = ({
  recordId,
  rawAnswer,
  finishReason,
  answerTokens,
  servedModel,
}: CommittedAnswer): AnswerToRead => ({
  recordId,
  raw: rawAnswer,
  finishReason,
  tokens: unpackTokens(answerTokens),
  servedModel,
});

/** Reads committed answers and writes their labels and states in one transaction. Twice changes nothing. */
export async function writeLabels(db: Db, run: JobRun, answers: readonly AnswerToRead[]): Promise<void> {
  if (answers.length === 0) return;
  const read = run.samples > 1 ? await readSeveral(db, run, answers) : await readEach(db, run, answers);
  await inTransaction(db, async (tx) => {
    await writeJobLabels(tx, {
      projectId: run.projectId,
      jobId: run.jobId,
      schemaVersion: run.schemaVersion,
      rows: read.flatMap(({ labels }) => labels),
    });
    await markRead(tx, run, read);
  });
}

/** What was read, and the text to show in place of the answer where there were several. */
type Read = ReadAnswer & { text?: string };

async function readEach(db: Db, run: JobRun, answers: readonly AnswerToRead[]): Promise<Read[]> {
  const contexts = await readContexts(
    db,
    run,
    answers.map(({ recordId }) => recordId),
  );
  return inTurns(answers, (answer) => readAnswer(answer, run, contexts.get(answer.recordId)));
}

async function readSeveral(db: Db, run: JobRun, answers: readonly AnswerToRead[]): Promise<Read[]> {
  const samples = await readSamples(
    db,
    run,
    answers.map(({ recordId }) => recordId),
  );
  return inTurns([...samples.values()], (each) => ({
    ...readAnswerSamples(each, run),
    text: joinSamples(each),
  }));
}

/** Reads a few records and lets the calls go on, then the next few: to read a whole group takes 10 ms and more. */
async function inTurns<T>(items: readonly T[], read: (item: T) => Read): Promise<Read[]> {
  const all: Read[] = [];
  for (const item of items) {
    all.push(read(item));
    if (all.length % READ_AT_ONCE === 0) await nextTurn();
  }
  return all;
}

async function markRead(tx: Db, run: JobRun, read: readonly Read[]): Promise<void> {
  const recordIds = read.map(({ recordId }) => recordId);
  await execute(
    tx,
    sql`update "JobItem" i set "reason" = nullif(t."reason", ''), "updatedAt" = now(),
        "rawAnswer" = coalesce(nullif(t."text", ''), i."rawAnswer"),
        "status" = case when t."reason" = '' then 'parsed' else 'invalid' end::"JobItemStatus"
      from unnest(${recordIds}::uuid[], ${read.map(({ reason }) => reason ?? "")}::text[],
        ${read.map(({ text }) => text ?? "")}::text[]) as t("recordId", "reason", "text")
      where ${itemsOf(run, recordIds)} and i."recordId" = t."recordId" and i."status" = 'answered'`,
  );
}
