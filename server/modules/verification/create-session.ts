import { randomInt } from "node:crypto";
import type { z } from "zod";
import type { LabelDefinition } from "@/contracts/label-schema";
import { type createSessionInput, SESSION_JOBS, type Session } from "@/contracts/sessions";
import { type ProjectActor, recordAudit } from "@/server/modules/access";
import { requireLabel } from "@/server/modules/projects";
import { parseQuery, recordFilter } from "@/server/modules/search";
import { labelInSight, loadSight, type Sight } from "@/server/modules/sight";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { queryRows, type Sql, sql } from "@/server/platform/sql";
import { describeItems } from "./describe-items";
import { findOpenSession } from "./find-open-session";
import { freezeItems, makeRooms } from "./freeze-items";
import { setSessionMembers } from "./session-members";
import { readSession } from "./session-repository";

type Input = Omit<z.infer<typeof createSessionInput>, "project">;

/** Items of one live document. */
const CHUNK_SIZE = 1000;
/** Two people a label: the least that shows whether people agree. */
const DEFAULT_OVERLAP = 2;
/** Milliseconds that freezing items may take. */
export const FREEZE_TIMEOUT = 120_000;

/**
 * Opens a session on the labels of jobs, narrowed to a subset or query (conflicts between the jobs are one). Of a
 * subset or query alone it is about the labels of every job that has labelled its records.
 * What is verified is frozen: the list of items in its order, and the schema version.
 * A share of the labels may be blind: what the job gave is hidden from each person until they have decided. In an
 * independent session each label gets so many verdicts, and nobody sees another's before their own.
 * With `reuse` an open shared session on the same labels comes back in place of a new one.
 * @throws AppError `invalid` at `label`, `verdictsPerItem`, `blindShare`, `jobIds.<n>` or `members.<n>`; `no_items` when nothing is left to verify
 */
export async function createSession(db: Db, actor: ProjectActor, input: Input): Promise<Session> {
  const { projectId } = actor;
  const { label, order, mode, subsetId, query: json, members, sample, blindShare } = input;
  const overlap = overlapOf(input);
  const blindSeed = randomInt(2 ** 31);
  const query = narrowing(parseQuery(json), subsetId);
  const { definition, schemaVersion } = await requireLabel(db, actor, label);
  requireShown(definition, blindShare);
  const records = await recordFilter(db, actor, query);
  const sight = await loadSight(db, actor);
  const jobIds = input.jobIds
    ? [...new Set(input.jobIds)]
    : await jobsThatLabelled(db, projectId, { label, records, sight });
  const jobNames = await requireJobs(db, projectId, jobIds, label);
  const id = newId();
  const isReusable = input.reuse === true && mode === "shared" && sample === undefined;
  const session = await inTransaction(
    db,
    async (tx) => {
      const open = isReusable
        ? await findOpenSession(tx, { projectId, label, jobIds, subsetId: subsetId ?? null, query: json })
        : null;
      if (open) return readSession(tx, actor, open);
      const schema = await tx.labelSchema.findUniqueOrThrow({
        where: { projectId_version: { projectId, version: schemaVersion } },
        select: { id: true },
      });
      await tx.verificationSession.create({
        data: {
          id,
          projectId,
          name: input.name ?? defaultName(label, jobNames),
          labelName: label,
          schemaId: schema.id,
          mode,
          overlap,
          blindShare,
          blindSeed,
          order,
          jobIds,
          subsetId,
          query: json,
          sample,
          chunkSize: CHUNK_SIZE,
          createdById: actor.userId,
        },
      });
      const total = await freezeItems(tx, {
        projectId,
        sessionId: id,
        label,
        level: definition.level,
        jobIds,
        order,
        records,
        subsetId: subsetId ?? null,
        sample: sample ?? null,
        from: 0,
        blind: { share: blindShare, seed: blindSeed },
        sight,
      });
      if (total === 0)
        throw new AppError("no_items", `These jobs have no label "${label}" on the records asked for.`);
      await tx.verificationSession.update({
        where: { projectId_id: { projectId, id } },
        data: { total, chunks: Math.ceil(total / CHUNK_SIZE) },
      });
      // In an independent session each person's rooms are made when they first come.
      if (mode === "shared")
        await makeRooms(tx, { projectId, sessionId: id, from: 0, to: Math.ceil(total / CHUNK_SIZE) });
      await setSessionMembers(tx, { projectId, sessionId: id, userIds: members });
      await recordAudit(tx, {
        projectId,
        actorId: actor.userId,
        action: "session.opened",
        target: id,
        details: { name: input.name ?? defaultName(label, jobNames), labels: total, members },
        address: actor.address,
      });
      return readSession(tx, actor, id);
    },
    { timeoutMs: FREEZE_TIMEOUT },
  );
  if (session.id === id) await describeItems(db, session.counts.total);
  return session;
}

/** How many verdicts each label gets; null in a shared session. @throws AppError `invalid` at `verdictsPerItem` */
function overlapOf({ mode, verdictsPerItem }: Input): number | null {
  if (mode === "independent") return verdictsPerItem ?? DEFAULT_OVERLAP;
  if (verdictsPerItem === undefined || verdictsPerItem === 1) return null;
  const message = 'needs mode "independent"; in a shared session a label has one verdict';
  throw new AppError("invalid", `verdictsPerItem ${message}.`, {
    errors: [{ path: "verdictsPerItem", message }],
  });
}

/** A span that is hidden could not be decided on: where it is would be what one can't see. @throws AppError `invalid` */
function requireShown({ name, level }: LabelDefinition, blindShare: number): void {
  if (level === "record" || blindShare === 0) return;
  const message = `must be 0: "${name}" is about spans, which can't be decided on unseen`;
  throw new AppError("invalid", `blindShare ${message}.`, { errors: [{ path: "blindShare", message }] });
}

/** Both: in the subset, and found by the query. */
export function narrowing(query: ReturnType<typeof parseQuery>, subsetId: string | undefined) {
  if (subsetId === undefined) return query;
  const subset = { subset: subsetId };
  return query ? { and: [subset, query] } : subset;
}

/**
 * The jobs that have given some of the records the label, the oldest first.
 * @throws AppError `no_items` when there is none, `invalid` at `jobIds` when they are too many for a session
 */
async function jobsThatLabelled(
  db: Db,
  projectId: string,
  { label, records, sight }: { label: string; records: Sql; sight: Sight },
): Promise<string[]> {
  const jobs = await queryRows<{ id: string }>(
    db,
    sql`select j."id" from "Job" j
      where j."projectId" = ${projectId}::uuid and ${label}::text = any(j."labels") and exists (
        select 1 from "Annotation" a join "Record" r on r."projectId" = a."projectId" and r."id" = a."recordId"
        where a."projectId" = ${projectId}::uuid and a."annotatorId" = j."id" and a."labelName" = ${label}::text
          and ${records} and ${labelInSight(sight)})
      order by j."id" limit ${SESSION_JOBS + 1}::int`,
  );
  if (jobs.length === 0)
    throw new AppError("no_items", `No job has given these records the label "${label}".`);
  if (jobs.length <= SESSION_JOBS) return jobs.map(({ id }) => id);
  const message = `must name at most ${SESSION_JOBS} jobs: more have labelled these records`;
  throw new AppError("invalid", `jobIds ${message}.`, { errors: [{ path: "jobIds", message }] });
}

/**
 * The names of jobs whose labels are to be verified.
 * @throws AppError `invalid` at `jobIds.<n>`
 */
export async function requireJobs(
  db: Db,
  projectId: string,
  jobIds: readonly string[],
  label: string,
): Promise<string[]> {
  const jobs = await db.job.findMany({
    where: { projectId, id: { in: [...jobIds] } },
    select: { id: true, labels: true, annotator: { select: { name: true } } },
  });
  const byId = new Map(jobs.map((job) => [job.id, job]));
  const errors = jobIds.flatMap((id, index) => {
    const job = byId.get(id);
    if (job?.labels.includes(label)) return [];
    const message = job ? `does not write the label "${label}"` : "is no job of this project";
    return [{ path: `jobIds.${index}`, message }];
  });
  if (errors.length > 0)
    throw new AppError("invalid", `A job can't be verified: ${errors[0]?.message}.`, { errors });
  return jobs.map(({ annotator }) => annotator.name);
}

const defaultName = (label: string, [only = "", ...more]: string[]): string =>
  `${label} by ${more.length === 0 ? only : `${more.length + 1} jobs`}`.slice(0, 120).trim();
