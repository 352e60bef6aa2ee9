import type { JsonValue } from "@/contracts/common";
import type { Annotation } from "@/contracts/records";
import { type ProjectActor, requireScope } from "@/server/modules/access";
import { findActiveSchema } from "@/server/modules/projects";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { queryRows, sql } from "@/server/platform/sql";
import { checkLabels } from "./check-labels";
import { lockOwnLabels } from "./lock-own-labels";
import { readLengths } from "./read-lengths";
import { type PersonLabel, replaceLabels } from "./replace-labels";

type Event = {
  annotatorId: string;
  author: string;
  label: string;
  start: number;
  end: number;
  value: string[];
  cleared: boolean;
  response: "UNSURE" | "NONE" | null;
  metadata: Record<string, JsonValue>;
};

/**
 * Makes what an earlier event said of one place of a text the actor's label there again, as a new event that names it.
 * Their other labels stay.
 * @returns whether anything changed: false when it says what stands already
 * @throws AppError `not_found`; `forbidden` for somebody else's label; `invalid_value` when the active schema has no
 * such option any more
 */
export async function restoreOwnLabel(
  tx: Db,
  actor: ProjectActor,
  { recordId, eventId }: { recordId: string; eventId: string },
): Promise<{ changed: boolean }> {
  requireScope(actor, "annotations:write");
  const { projectId, userId } = actor;
  const event = await readEvent(tx, { projectId, recordId, eventId });
  const length = (await readLengths(tx, actor, [recordId])).get(recordId);
  if (!event || length === undefined)
    throw new AppError("not_found", "There is no such label in the history of this record.");
  if (event.annotatorId !== userId)
    throw new AppError("forbidden", `This is a label of ${event.author}'s; nobody else can change it.`);
  const schema = await findActiveSchema(tx, actor);
  const level = schema?.labelSchema.find(({ name }) => name === event.label)?.level;
  if (!schema || !level)
    throw new AppError("invalid_value", `The schema has no label "${event.label}" any more.`);
  const { label, start, end, metadata, response } = event;
  const value = event.cleared ? [] : event.value;
  const place = start < 0 ? {} : { start, end };
  const [problem] = checkLabels([{ name: label, value, ...place }], {
    schema: schema.labelSchema,
    path: "",
    length,
  });
  if (problem) throw new AppError("invalid_value", `This label can't be set again: it ${problem.message}.`);
  await lockOwnLabels(tx, { projectId, userId });
  const others = await readOthers(tx, { projectId, userId, recordId, label, start, end });
  const named = { recordId, label, level };
  const before = await countEvents(tx, { projectId, recordId, userId });
  await replaceLabels(tx, {
    projectId,
    userId,
    schemaVersion: schema.version,
    restoredFromId: eventId,
    rows: [
      ...(response ? [] : others.map((other): PersonLabel => ({ ...named, ...other }))),
      response
        ? { ...named, value: [], response: { status: response } }
        : { ...named, value, metadata, ...(value.length > 0 ? place : {}) },
    ],
  });
  return { changed: (await countEvents(tx, { projectId, recordId, userId })) > before };
}

async function readEvent(
  tx: Db,
  { projectId, recordId, eventId }: { projectId: string; recordId: string; eventId: string },
): Promise<Event | undefined> {
  const [event] = await queryRows<Event>(
    tx,
    sql`select e."annotatorId", t."name" as "author", e."labelName" as "label", e."start", e."end", e."value",
        e."cleared", e."response"::text as "response", e."metadata"
      from "AnnotationEvent" e join "Annotator" t on t."projectId" = e."projectId" and t."id" = e."annotatorId"
      where e."projectId" = ${projectId}::uuid and e."recordId" = ${recordId}::uuid and e."id" = ${eventId}::uuid`,
  );
  return event;
}

type Other = Required<Pick<Annotation, "value" | "start" | "end" | "metadata">>;

/** The person's labels of the same name at other places of the text. */
async function readOthers(
  tx: Db,
  where: { projectId: string; userId: string; recordId: string; label: string; start: number; end: number },
): Promise<Other[]> {
  return queryRows<Other>(
    tx,
    sql`select a."value", a."start", a."end", a."metadata" from "Annotation" a
      where a."projectId" = ${where.projectId}::uuid and a."annotatorId" = ${where.userId}::uuid
        and a."recordId" = ${where.recordId}::uuid and a."labelName" = ${where.label}::text and a."level" = 'span'
        and (a."start", a."end") <> (${where.start}::int, ${where.end}::int)`,
  );
}

async function countEvents(
  tx: Db,
  { projectId, recordId, userId }: { projectId: string; recordId: string; userId: string },
): Promise<number> {
  const [row] = await queryRows<{ count: number }>(
    tx,
    sql`select count(*)::int as "count" from "AnnotationEvent" e where e."projectId" = ${projectId}::uuid
      and e."recordId" = ${recordId}::uuid and e."annotatorId" = ${userId}::uuid`,
  );
  return row?.count ?? 0;
}
