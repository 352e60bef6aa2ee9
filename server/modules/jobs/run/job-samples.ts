import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";
import type { AnswerToRead } from "./read-answer";

type Job = { projectId: string; jobId: string };
type Row = { recordId: string; rawAnswer: string; finishReason: string | null; servedModel: string | null };

/**
 * All answers that a job has about some records, each record's in the order in which they were asked for. Their tokens
 * are not kept: what several answers say together is their share, not the probability of one.
 */
export async function readSamples(
  db: Db,
  { projectId, jobId }: Job,
  recordIds: readonly string[],
): Promise<Map<string, AnswerToRead[]>> {
  const rows = await queryRows<Row>(
    db,
    sql`select s."recordId"::text, s."rawAnswer", s."finishReason", s."servedModel"
      from unnest(${recordIds}::uuid[]) as asked ("recordId")
      join "JobSample" s on s."projectId" = ${projectId}::uuid and s."jobId" = ${jobId}::uuid
        and s."recordId" = asked."recordId"
      order by s."recordId", s."sample"`,
  );
  const samples = new Map<string, AnswerToRead[]>();
  for (const { recordId, rawAnswer, finishReason, servedModel } of rows) {
    const known = samples.get(recordId) ?? [];
    known.push({ recordId, raw: rawAnswer, finishReason, servedModel, tokens: null });
    samples.set(recordId, known);
  }
  return samples;
}

/** Several answers as one text: what an item shows, and what tells unreadable ones apart. */
export const joinSamples = (samples: readonly AnswerToRead[]): string =>
  samples.map(({ raw }, index) => `${index + 1}. ${raw}`).join("\n");
