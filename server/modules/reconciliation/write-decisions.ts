import type { Reconciliation } from "@/contracts/reconciliations";
import { type ProjectActor, recordAudit } from "@/server/modules/access";
import { ensureAnnotator, normalizeValue } from "@/server/modules/annotations";
import { loadSight, outcomeInSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import { execute, queryRows, rawSql, sql } from "@/server/platform/sql";
import { DECISION, DECISION_AUTHOR, type DecisionRow, placeKey, presentDecision } from "./decision-row";
import { readVotesVersions } from "./read-disagreements";
import { announceDecisions } from "./reconciliation-topic";
import { NO_VOTES } from "./votes";

export type NewDecision = {
  recordId: string;
  /** -1 for a label of the whole record. */
  start: number;
  end: number;
  /** null takes back what stands. */
  value: readonly string[] | null;
  note: string | null;
  /** The decision that must stand now; null: none. */
  base: string | null;
  votesVersion?: string | undefined;
  restoredFromId?: string | null | undefined;
};

type WriteDecisions = {
  label: string;
  level: "record" | "span";
  schemaVersion: number;
  /** Each place once. */
  decisions: readonly NewDecision[];
};

/** What became of one: the decision that stands now by it, or that of somebody else who was first. */
export type WrittenDecision =
  | { outcome: "stands"; decision: Reconciliation }
  | { outcome: "overtaken"; stands: Reconciliation | null }
  | { outcome: "nothing_decided" }
  | { outcome: "no_record" };

/**
 * Writes decisions, each on its own. The rows of their records are held first, so that of two people who decide the
 * same at the same moment the second one sees what the first one wrote: a decision made on another base than what
 * stands is kept as overtaken. Deciding again what stands, on the same votes, writes nothing.
 */
export async function writeDecisions(
  tx: Db,
  actor: ProjectActor,
  { label, level, schemaVersion, decisions }: WriteDecisions,
): Promise<WrittenDecision[]> {
  const { projectId, userId, userName } = actor;
  const recordIds = [...new Set(decisions.map(({ recordId }) => recordId))];
  const there = await holdRecords(tx, actor, { label, ids: recordIds });
  const standing = await readStanding(tx, projectId, label, recordIds);
  const versions = await readVotesVersions(tx, { projectId, label, level, recordIds });
  await ensureAnnotator(tx, { projectId, id: userId, kind: "user", name: userName });

  const rows: (NewDecision & { id: string; overtaken: boolean; replacesId: string | null })[] = [];
  const plans = decisions.map((one): WrittenDecision | { outcome: "stands"; id: string } => {
    if (!there.has(one.recordId)) return { outcome: "no_record" };
    const last = standing.get(placeKey(one)) ?? null;
    const stands = last?.value === null ? null : last;
    const votesVersion = one.votesVersion ?? versions.get(placeKey(one)) ?? NO_VOTES;
    const value = one.value && normalizeValue(one.value);
    const says = JSON.stringify([value, one.note]);
    const same = stands !== null && says === JSON.stringify([stands.value, stands.note]);
    if (same && (stands.id !== one.base || stands.votesVersion === votesVersion))
      return { outcome: "stands", decision: presentDecision(stands) };
    const overtaken = (stands?.id ?? null) !== one.base;
    if (!overtaken && value === null && stands === null) return { outcome: "nothing_decided" };
    const id = newId();
    rows.push({ ...one, id, value, votesVersion, overtaken, replacesId: last?.id ?? null });
    return overtaken
      ? { outcome: "overtaken", stands: stands && presentDecision(stands) }
      : { outcome: "stands", id };
  });
  const written = await insertDecisions(tx, actor, { label, schemaVersion, rows });
  const changed = rows.filter(({ overtaken }) => !overtaken).map(({ recordId }) => recordId);
  await announceDecisions(tx, projectId, { label, recordIds: changed });
  if (changed.length > 1)
    await recordAudit(tx, {
      projectId,
      actorId: userId,
      action: "labels.reconciled",
      target: label,
      address: actor.address,
      details: { records: new Set(changed).size },
    });
  return plans.flatMap((plan) => {
    if (!("id" in plan)) return [plan];
    const decision = written.get(plan.id);
    return decision ? [{ outcome: "stands" as const, decision }] : [];
  });
}

/** Those of the records that are there and not hidden from the actor; nobody else decides on them until the transaction ends. */
async function holdRecords(
  tx: Db,
  actor: ProjectActor,
  { label, ids }: { label: string; ids: readonly string[] },
): Promise<Set<string>> {
  const sight = await loadSight(tx, actor);
  const rows = await queryRows<{ id: string }>(
    tx,
    sql`select r."id" from "Record" r where r."projectId" = ${actor.projectId}::uuid and r."id" = any(${ids}::uuid[])
        and r."deletedAt" is null and ${outcomeInSight(sight, rawSql(`r."id"`), sql`${label}::text`)}
      order by r."id" for no key update`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** The last decision on each place, also one that was taken back. A statement of its own, so it sees who was first. */
async function readStanding(
  tx: Db,
  projectId: string,
  label: string,
  recordIds: readonly string[],
): Promise<Map<string, DecisionRow>> {
  const rows = await queryRows<DecisionRow>(
    tx,
    sql`select ${DECISION} from "Reconciliation" d ${DECISION_AUTHOR}
      where d."projectId" = ${projectId}::uuid and d."labelName" = ${label}::text and d."current"
        and d."recordId" = any(${recordIds}::uuid[])`,
  );
  return new Map(rows.map((row) => [placeKey(row), row]));
}

type InsertDecisions = {
  label: string;
  schemaVersion: number;
  rows: readonly (NewDecision & { id: string; overtaken: boolean; replacesId: string | null })[];
};

async function insertDecisions(
  tx: Db,
  { projectId, userId }: ProjectActor,
  { label, schemaVersion, rows }: InsertDecisions,
): Promise<Map<string, Reconciliation>> {
  if (rows.length === 0) return new Map();
  const replaced = rows.flatMap(({ overtaken, replacesId }) =>
    overtaken || !replacesId ? [] : [replacesId],
  );
  await execute(
    tx,
    sql`update "Reconciliation" set "current" = false
      where "projectId" = ${projectId}::uuid and "id" = any(${replaced}::uuid[])`,
  );
  const written = await queryRows<DecisionRow>(
    tx,
    sql`with d as (
        insert into "Reconciliation" ("id", "projectId", "recordId", "labelName", "start", "end", "value", "cleared",
          "current", "overtaken", "note", "votesVersion", "schemaVersion", "authorId", "replacesId",
          "restoredFromId", "createdAt")
        select i."id", ${projectId}::uuid, i."recordId", ${label}::text, i."start", i."end", coalesce(i."value", '{}'),
          i."value" is null, not i."overtaken", i."overtaken", i."note", i."votesVersion", ${schemaVersion}::int,
          ${userId}::uuid, i."replacesId", i."restoredFromId", clock_timestamp()
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as i ("id" uuid, "recordId" uuid, "start" int,
          "end" int, "value" text[], "note" text, "votesVersion" text, "overtaken" boolean, "replacesId" uuid,
          "restoredFromId" uuid)
        returning *)
      select ${DECISION} from d ${DECISION_AUTHOR}`,
  );
  return new Map(written.map((row) => [row.id, presentDecision(row)]));
}
