import type { z } from "zod";
import type { ListOf } from "@/contracts/common";
import type { JobItem, listJobItemsInput } from "@/contracts/jobs";
import type { JobItemStatus } from "@/prisma/generated/client/client";
import type { ProjectActor } from "@/server/modules/access";
import { answerInSight, loadSight, type Sight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { cutPage, invalidCursor } from "@/server/platform/paging";
import { queryRows, rawSql, type Sql, sql } from "@/server/platform/sql";
import { noSuchJob } from "./job-repository";
import type { MadePrompt } from "./plan/prompt-maker";
import { loadJob } from "./run/load-job-run";
import { isUnresolved } from "./triage/unresolved";

type ItemRow = Omit<
  JobItem,
  "prompt" | "messages" | "status" | "value" | "labels" | "spans" | "conf" | "error"
> & {
  status: JobItemStatus;
  ordinal: number;
  metadata: unknown;
  promptHash: string | null;
  sampled: number;
  deleted: boolean;
  errorKind: string | null;
  errorMessage: string | null;
  labels: {
    name: string;
    level: string;
    start: number;
    end: number;
    value: string[];
    conf: number | null;
  }[];
};

/**
 * The items of a job in their order, each with its exact prompt, raw answer and labels. The prompt is made again from
 * what the job froze; it is null when the record has changed since and would give another one. Of an answer that is
 * hidden from the actor until they have decided nothing is told.
 * @throws AppError `not_found`, `invalid_cursor`
 */
export async function listJobItems(
  db: Db,
  actor: ProjectActor,
  { id, limit, cursor, status, resolved }: z.infer<typeof listJobItemsInput>,
): Promise<ListOf<JobItem>> {
  if (cursor !== undefined && !/^\d{1,9}$/.test(cursor)) throw invalidCursor();
  const { projectId } = actor;
  const job = await loadJob(db, projectId, id);
  if (!job) throw noSuchJob();
  const sight = await loadSight(db, actor);
  const chosen = chosenItems(projectId, id, status, resolved);
  const after = cursor === undefined ? -1 : Number(cursor);
  const [rows, total, { makePrompts, hashOf, labels }] = await Promise.all([
    readItems(db, chosen, { after, limit: limit + 1, sight }),
    countItems(db, chosen),
    job.loadPrompts(),
  ]);
  const { items, nextCursor } = cutPage(rows, limit, ({ ordinal }) => String(ordinal));
  const prompts = await makePrompts(items);
  const messagesOf = (row: ItemRow, made: MadePrompt | undefined): JobItem["messages"] => {
    if (!made?.ok) return null;
    const { messages } = made;
    // Of the last answer, or of one that is under way.
    const known = [row.sampled - 1, row.sampled].some(
      (sample) => hashOf(messages, Math.max(0, sample)) === row.promptHash,
    );
    return known ? messages : null;
  };
  return {
    items: items.map((row, place) => presentItem(row, labels, messagesOf(row, prompts[place]))),
    nextCursor,
    total,
    totalExact: true,
  };
}

/** An answer that is committed and not read yet counts as under way. */
const storedStatuses = (status: JobItem["status"] | undefined): JobItemStatus[] | null => {
  if (status === undefined) return null;
  return status === "running" ? ["running", "answered"] : [status];
};

/** The condition on `i`. Only an answer that could not be read is resolved or not. */
function chosenItems(
  projectId: string,
  jobId: string,
  status: JobItem["status"] | undefined,
  resolved: boolean | undefined,
): Sql {
  const statuses = storedStatuses(status);
  const invalid = sql`i."status" = 'invalid' and`;
  const settled =
    resolved === undefined
      ? sql`true`
      : resolved
        ? sql`${invalid} not ${isUnresolved}`
        : sql`${invalid} ${isUnresolved}`;
  return sql`i."projectId" = ${projectId}::uuid and i."jobId" = ${jobId}::uuid and ${settled}
    and (${statuses === null}::boolean or i."status"::text = any (${statuses ?? []}::text[]))`;
}

async function countItems(db: Db, chosen: Sql): Promise<number> {
  const [row] = await queryRows<{ count: number }>(
    db,
    sql`select count(*)::int as "count" from "JobItem" i where ${chosen}`,
  );
  return row?.count ?? 0;
}

type ItemPage = { after: number; limit: number; sight: Sight };

function readItems(db: Db, chosen: Sql, { after, limit, sight }: ItemPage): Promise<ItemRow[]> {
  return queryRows(
    db,
    sql`select i."recordId"::text, r."externalId", r."content", r."metadata", r."deletedAt" is not null as "deleted",
        i."ordinal", i."status"::text, i."attempts", i."promptHash", i."sampled",
        case when seen."answer" then i."rawAnswer" end as "rawAnswer", i."reason", i."servedModel",
        i."cached", i."latencyMs", i."errorKind", i."errorMessage",
        json_build_object('prompt', i."promptTokens", 'completion',
          case when seen."answer" then i."completionTokens" end) as "tokens",
        coalesce((
          select json_agg(json_build_object('name', a."labelName", 'level', a."level",
              'start', a."start", 'end', a."end", 'value', a."value", 'conf', a."conf")
            order by a."labelName" collate "C", a."start", a."end")
          from "Annotation" a
          where a."projectId" = i."projectId" and a."recordId" = i."recordId" and a."annotatorId" = i."jobId"
            and seen."answer"
        ), '[]') as "labels"
      from "JobItem" i join "Record" r on r."projectId" = i."projectId" and r."id" = i."recordId"
      cross join lateral (
        select ${answerInSight(sight, rawSql(`i."recordId"`), rawSql(`i."jobId"`))} as "answer") seen
      where ${chosen} and i."ordinal" > ${after}::int
      order by i."ordinal" limit ${limit}::int`,
  );
}

function presentItem(row: ItemRow, labels: readonly string[], messages: JobItem["messages"]): JobItem {
  const ofRecord = row.labels.filter(({ level }) => level === "record");
  const first = ofRecord.find(({ name }) => name === labels[0]);
  const {
    recordId,
    externalId,
    content,
    attempts,
    rawAnswer,
    reason,
    servedModel,
    cached,
    tokens,
    latencyMs,
  } = row;
  return {
    recordId,
    externalId,
    content,
    status: row.status === "answered" ? "running" : row.status,
    attempts,
    prompt: messages?.at(-1)?.content ?? null,
    messages,
    rawAnswer,
    labels: Object.fromEntries(ofRecord.map(({ name, value }) => [name, value])),
    spans: row.labels
      .filter(({ level, start }) => level === "span" && start >= 0)
      .map(({ name, start, end, value, conf }) => ({ label: name, start, end, value, conf })),
    value: first?.value ?? null,
    conf: first?.conf ?? null,
    reason,
    servedModel,
    cached,
    tokens,
    latencyMs,
    error: row.errorKind === null ? null : { kind: row.errorKind, message: row.errorMessage ?? "" },
  };
}
