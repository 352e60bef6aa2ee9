import type { z } from "zod";
import type { RecomputedConfidence, recomputeConfidenceInput } from "@/contracts/job-triage";
import type { ProjectActor } from "@/server/modules/access";
import { confidenceSource } from "@/server/modules/agents";
import { answerInSight, loadSight, type Sight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { queryRows, rawSql, sql } from "@/server/platform/sql";
import { noSuchJob } from "./job-repository";
import { readSamples } from "./run/job-samples";
import { loadJob } from "./run/load-job-run";
import { type Reading, readAnswer } from "./run/read-answer";
import { readAnswerSamples } from "./run/read-answer-samples";
import type { CommittedAnswer } from "./run/share-answers";
import { asCommitted } from "./run/write-labels";

const PAGE = 500;
const MOST_DIFFERENCES = 100;
const SAME = 1e-9;

type Kept = CommittedAnswer & { ordinal: number; labels: { name: string; conf: number | null }[] };

/**
 * Computes the confidence of a job's labels again from the answers and tokens that were kept, without a call, and says
 * where today's formula differs. Nothing is written: the job's labels are what they were. Answers that are hidden from
 * the actor are left out.
 * @throws AppError `not_found`
 */
export async function recomputeConfidence(
  db: Db,
  actor: ProjectActor,
  { id }: Omit<z.infer<typeof recomputeConfidenceInput>, "project">,
): Promise<RecomputedConfidence> {
  const { projectId } = actor;
  const job = await loadJob(db, projectId, id);
  if (!job) throw noSuchJob();
  const reading = await job.loadReading();
  const sight = await loadSight(db, actor);
  const readAgain = rereading(db, { projectId, jobId: id }, reading);
  const report: RecomputedConfidence = {
    formula: String(confidenceSource(reading.confidence, null).confFormula),
    compared: 0,
    same: 0,
    skipped: 0,
    maxDifference: 0,
    differences: [],
  };
  for (let after = -1; ; ) {
    const kept = await readKept(db, sight, id, after);
    const labels = await readAgain(kept);
    for (const [place, answer] of kept.entries()) compare(report, answer, labels[place] ?? null);
    const last = kept.at(-1);
    if (!last || kept.length < PAGE) return report;
    after = last.ordinal;
  }
}

type Again = ReturnType<typeof readAnswer>["labels"];

/** Reads kept answers as they are read today; null: the number does not come from them alone. */
function rereading(db: Db, job: { projectId: string; jobId: string }, reading: Reading) {
  return async (kept: readonly Kept[]): Promise<(Again | null)[]> => {
    if (reading.withConf && ["option-probability", "verbalised"].includes(reading.confidence))
      return kept.map((answer) => readAnswer(asCommitted(answer), reading).labels);
    if (!reading.withConf || reading.confidence !== "self-consistency") return kept.map(() => null);
    const samples = await readSamples(
      db,
      job,
      kept.map(({ recordId }) => recordId),
    );
    return kept.map(({ recordId }) => {
      const own = samples.get(recordId);
      return own ? readAnswerSamples(own, reading).labels : null;
    });
  };
}

function compare(report: RecomputedConfidence, { recordId, labels }: Kept, again: Again | null): void {
  for (const { name, conf: before } of labels) {
    const now = again?.find(({ label }) => label === name);
    if (again === null) report.skipped += 1;
    if (again === null) continue;
    report.compared += 1;
    const after = now?.conf ?? null;
    const difference = before === null || after === null ? null : Math.abs(before - after);
    if (before === after || (difference !== null && difference < SAME)) report.same += 1;
    else if (report.differences.length < MOST_DIFFERENCES)
      report.differences.push({
        recordId,
        label: name,
        before,
        after,
        reason: now ? now.confReason : "not_read",
      });
    report.maxDifference = Math.max(report.maxDifference, difference ?? 0);
  }
}

/** Labels of records alone: those of spans have their confidence from places in a text that may have changed. */
function readKept(db: Db, sight: Sight, jobId: string, after: number): Promise<Kept[]> {
  return queryRows(
    db,
    sql`select i."recordId"::text, i."ordinal", i."rawAnswer", i."finishReason", i."answerTokens", i."servedModel",
        (select json_agg(json_build_object('name', a."labelName", 'conf', a."conf"))
          from "Annotation" a
          where a."projectId" = i."projectId" and a."recordId" = i."recordId" and a."annotatorId" = i."jobId"
            and a."level" = 'record') as "labels"
      from "JobItem" i
      where i."projectId" = ${sight.projectId}::uuid and i."jobId" = ${jobId}::uuid and i."ordinal" > ${after}::int
        and ${answerInSight(sight, rawSql(`i."recordId"`), rawSql(`i."jobId"`))}
        and exists (select 1 from "Annotation" a
          where a."projectId" = i."projectId" and a."recordId" = i."recordId" and a."annotatorId" = i."jobId"
            and a."level" = 'record')
      order by i."ordinal" limit ${PAGE}::int`,
  );
}
