import { z } from "zod";
import { jsonValue } from "@/contracts/common";
import type { Annotation } from "@/contracts/records";
import type { ProjectActor } from "@/server/modules/access";
import { requireRecordLabel } from "@/server/modules/projects";
import { countSkipped, type MadeChange, type SetChange, type SetRevert } from "@/server/modules/records";
import { recordFilter } from "@/server/modules/search";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { queryRows, sql } from "@/server/platform/sql";
import { valueProblems } from "./check-labels";
import { ensureAnnotator } from "./ensure-annotator";
import { normalizeValue } from "./label-value";
import { lockOwnLabels } from "./lock-own-labels";
import { replaceLabels } from "./replace-labels";

/** One label of records, of which the actor gives, or takes away, the same value on many. */
type ManyLabel = {
  label: string;
  /** Options of the schema version; empty takes the label away. */
  value: readonly string[];
  schemaVersion: number;
};

type Current = Pick<Annotation, "recordId" | "value" | "metadata" | "schemaVersion"> & { updatedAt: Date };

const before = z.union([
  z.strictObject({}),
  z.strictObject({
    value: z.array(z.string()),
    metadata: z.record(z.string(), jsonValue),
    schemaVersion: z.number().int(),
  }),
]);

/**
 * A label that can be given to many records at once, by the active schema.
 * @param path where it stands in what the caller sent
 * @throws AppError `invalid` when the schema has no such label of records, `invalid_value` for its options
 */
export async function requireManyLabel(
  db: Db,
  actor: ProjectActor,
  { name, value }: { name: string; value: readonly string[] },
  path: string,
): Promise<ManyLabel> {
  const { definition, schemaVersion } = await requireRecordLabel(db, actor, name, `${path}.name`);
  const errors = valueProblems({ value }, definition, path);
  const [first] = errors;
  if (first) throw new AppError("invalid_value", `${first.path} ${first.message}.`, { errors });
  return { label: name, value: normalizeValue(value), schemaVersion };
}

/**
 * Labels those of the records that the actor reaches, as the actor. The history is written, and what was there
 * before is given back.
 */
export async function labelMany(
  tx: Db,
  actor: ProjectActor,
  { label, value, schemaVersion }: ManyLabel,
  ids: readonly string[],
): Promise<SetChange> {
  const { projectId, userId, userName } = actor;
  await ensureAnnotator(tx, { projectId, id: userId, kind: "user", name: userName });
  const reached = await reachable(tx, actor, ids);
  const current = await lockCurrent(tx, projectId, userId, label, reached);
  const wanted = normalizeValue(value);
  const differing = reached.filter((id) => !isSame(current.get(id)?.value ?? [], wanted));
  await replaceLabels(tx, {
    projectId,
    userId,
    schemaVersion,
    origin: "bulk",
    rows: differing.map((recordId) => ({ recordId, label, level: "record", value: wanted })),
  });
  const known = new Set(reached);
  const unreached = ids.filter((id) => !known.has(id));
  return {
    changed: differing.map((id) => ({ id, before: writeBefore(current.get(id)) })),
    skipped: {
      ...(await countSkipped(tx, projectId, unreached, "out_of_reach")),
      unchanged: reached.length - differing.length,
    },
  };
}

/** Makes the actor's label on those records what it was, where the actor has not touched it since. */
export async function takeBackLabels(
  tx: Db,
  { projectId, userId }: ProjectActor,
  { label, value }: Pick<ManyLabel, "label" | "value">,
  { items, changedAt }: MadeChange,
): Promise<SetRevert> {
  const current = await lockCurrent(
    tx,
    projectId,
    userId,
    label,
    items.map(({ id }) => id),
  );
  const cleared = value.length === 0;
  const touched = cleared
    ? await clearedSince(tx, { projectId, userId, label, changedAt, ids: items.map(({ id }) => id) })
    : new Set<string>();
  const wanted = normalizeValue(value);
  const untouched = items.filter(({ id }) => {
    const now = current.get(id);
    if (cleared) return now === undefined && !touched.has(id);
    return now?.updatedAt.getTime() === changedAt.getTime() && isSame(now.value, wanted);
  });
  const rows = untouched.map((item) => ({ id: item.id, ...before.parse(JSON.parse(item.before)) }));
  // A label keeps the schema version that it was given under.
  const versions = new Map<number, typeof rows>();
  for (const row of rows) {
    const version = "schemaVersion" in row ? row.schemaVersion : 0;
    versions.set(version, [...(versions.get(version) ?? []), row]);
  }
  for (const [schemaVersion, group] of versions)
    await replaceLabels(tx, {
      projectId,
      userId,
      schemaVersion,
      origin: "bulk_undo",
      rows: group.map((row) => ({
        recordId: row.id,
        label,
        level: "record",
        ...("value" in row ? { value: row.value, metadata: row.metadata } : { value: [] }),
      })),
    });
  return { restored: untouched.length, skipped: { changed_since: items.length - untouched.length } };
}

async function reachable(tx: Db, actor: ProjectActor, ids: readonly string[]): Promise<string[]> {
  const filter = await recordFilter(tx, actor, { ids: [...ids] });
  const rows = await queryRows<{ id: string }>(
    tx,
    sql`select r."id" from "Record" r where ${filter} order by r."id"`,
  );
  return rows.map(({ id }) => id);
}

/** The person's label on each record, which nobody but this transaction changes from now on. */
async function lockCurrent(
  tx: Db,
  projectId: string,
  userId: string,
  label: string,
  ids: readonly string[],
): Promise<Map<string, Current>> {
  await lockOwnLabels(tx, { projectId, userId });
  const rows = await queryRows<Current>(
    tx,
    sql`select a."recordId", a."value", a."metadata", a."schemaVersion", a."updatedAt" from "Annotation" a
      where a."projectId" = ${projectId}::uuid and a."annotatorId" = ${userId}::uuid
        and a."labelName" = ${label} and a."start" = -1 and a."end" = -1 and a."recordId" = any(${ids}::uuid[])`,
  );
  return new Map(rows.map((row) => [row.recordId, row]));
}

type Cleared = { projectId: string; userId: string; label: string; changedAt: Date; ids: readonly string[] };

/** Records on which the person set, and cleared, the label again after it had been cleared. */
async function clearedSince(
  tx: Db,
  { projectId, userId, label, changedAt, ids }: Cleared,
): Promise<Set<string>> {
  const rows = await queryRows<{ recordId: string }>(
    tx,
    sql`select distinct e."recordId" from "AnnotationEvent" e
      where e."projectId" = ${projectId}::uuid and e."recordId" = any(${ids}::uuid[])
        and e."createdAt" > ${changedAt.toISOString()}::timestamptz and e."annotatorId" = ${userId}::uuid
        and e."labelName" = ${label}`,
  );
  return new Set(rows.map(({ recordId }) => recordId));
}

const writeBefore = (current: Current | undefined): string =>
  JSON.stringify(
    current ? { value: current.value, metadata: current.metadata, schemaVersion: current.schemaVersion } : {},
  );

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((option, at) => option === other[at]);
