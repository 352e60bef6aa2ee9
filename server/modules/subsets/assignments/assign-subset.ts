import type { z } from "zod";
import { type assignmentList, type createAssignmentInput, MAX_SHARES } from "@/contracts/assignments";
import { type ProjectActor, recordAudit } from "@/server/modules/access";
import { findActiveSchema } from "@/server/modules/projects";
import { recordFilter } from "@/server/modules/search";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError, type FieldError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { execute, queryRows, type Sql, sql } from "@/server/platform/sql";
import { FREEZE_TIMEOUT } from "../create-subset";
import { noSuchSubset } from "../subset-repository";
import { refuseUnknownLabels } from "./asked-labels";
import { checkAssignees } from "./check-assignees";
import { dealRecords } from "./deal-records";
import { listAssignments } from "./list-assignments";

type AssignSubsetInput = Omit<z.infer<typeof createAssignmentInput>, "project">;
/** Everybody gets all of it unless something else is said. */
type Asked = Omit<AssignSubsetInput, "mode"> & Partial<Pick<AssignSubsetInput, "mode">>;
type Share = { id: string; userId: string };

/**
 * Gives a subset to people: all of it to everybody, or divided, each record to one or to `perRecord` of them. A
 * divided share is drawn by the seed and frozen; later people get a division of their own. Who has all of it
 * already keeps it, with the due date and labels that are given now.
 * @returns what of the subset people have now, the newest first
 * @throws AppError `not_found` for the subset, `invalid`, `already_assigned`
 */
export async function assignSubset(
  db: Db,
  actor: ProjectActor,
  asked: Asked,
): Promise<z.infer<typeof assignmentList>> {
  const input: AssignSubsetInput = { ...asked, mode: asked.mode ?? "all" };
  refuseConflicts(input);
  const { projectId, userId, address } = actor;
  const { id: subsetId, mode, labels = [] } = input;
  return inTransaction(
    db,
    async (tx) => {
      await lockSubset(tx, projectId, subsetId);
      const schema = await findActiveSchema(tx, actor);
      refuseUnknownLabels(labels, schema?.labelSchema ?? []);
      const people = await checkAssignees(tx, { projectId, subsetId, userIds: input.userIds, mode });
      const seed = mode === "all" ? null : (input.seed ?? Math.floor(Math.random() * 2 ** 31));
      const perRecord = input.perRecord ?? null;
      const shares = people.map((person): Share => ({ id: newId(), userId: person }));
      await writeAssignments(tx, actor, shares, { ...input, seed });
      if (seed !== null) {
        const records = await recordFilter(tx, actor, { subset: subsetId });
        await freezeShares(tx, projectId, records, { shares, perRecord: perRecord ?? 1, seed });
      }
      await recordAudit(tx, {
        projectId,
        actorId: userId,
        action: "assignment.created",
        target: subsetId,
        details: { people: people.length, mode, ...(perRecord === null ? {} : { perRecord }) },
        address,
      });
      return listAssignments(tx, actor, { subsetId, limit: 1000 });
    },
    { timeoutMs: FREEZE_TIMEOUT },
  );
}

/** So that two who assign the same subset at once don't both find somebody without it. */
async function lockSubset(tx: Db, projectId: string, id: string): Promise<void> {
  const found = await queryRows(
    tx,
    sql`select 1 from "Subset" s where s."projectId" = ${projectId}::uuid and s."id" = ${id}::uuid
      and s."deletedAt" is null for update`,
  );
  if (found.length === 0) throw noSuchSubset();
}

async function writeAssignments(
  tx: Db,
  { projectId, userId }: ProjectActor,
  shares: readonly Share[],
  {
    id: subsetId,
    mode,
    perRecord,
    seed,
    dueAt,
    labels,
  }: Omit<AssignSubsetInput, "seed"> & { seed: number | null },
): Promise<void> {
  await execute(
    tx,
    sql`insert into "Assignment" as a ("id", "projectId", "subsetId", "userId", "assignedById", "mode",
        "perRecord", "seed", "dueAt", "labels")
      select t."id", ${projectId}::uuid, ${subsetId}::uuid, t."userId", ${userId}::uuid,
        ${mode}::"AssignmentMode", ${perRecord ?? null}::int, ${seed}::int, ${dueAt ?? null}::timestamptz,
        ${labels ?? []}::text[]
      from unnest(${shares.map(({ id }) => id)}::uuid[], ${shares.map((share) => share.userId)}::uuid[])
        as t ("id", "userId")
      on conflict ("projectId", "subsetId", "userId") where "withdrawnAt" is null do update
        set "dueAt" = coalesce(excluded."dueAt", a."dueAt"),
          "labels" = case when cardinality(excluded."labels") > 0 then excluded."labels" else a."labels" end`,
  );
}

type Division = { shares: readonly Share[]; perRecord: number; seed: number };

/** Deals the records of the subset, in an order drawn by the seed. */
async function freezeShares(
  tx: Db,
  projectId: string,
  records: Sql,
  { shares, perRecord, seed }: Division,
): Promise<void> {
  const [counted] = await queryRows<{ count: number }>(
    tx,
    sql`select count(*)::int as "count" from "Record" r where ${records}`,
  );
  const count = counted?.count ?? 0;
  if (count === 0) throw refusal([{ path: "id", message: "names a subset without records to divide" }]);
  if (count * perRecord > MAX_SHARES)
    throw refusal([
      {
        path: "perRecord",
        message: `makes ${count * perRecord} shares of records, more than ${MAX_SHARES}; divide a smaller subset`,
      },
    ]);
  const round = dealRecords(shares.length, perRecord, seed);
  const dealt = round.flatMap((people, at) => people.map((person) => ({ at, id: shares[person]?.id ?? "" })));
  await execute(
    tx,
    sql`insert into "AssignmentRecord" ("projectId", "assignmentId", "recordId")
      select ${projectId}::uuid, d."assignmentId", f."id"
      from (select r."id", row_number() over (
          order by md5(${`${seed}:`}::text || r."id"::text) collate "C", r."id") - 1 as "ordinal"
        from "Record" r where ${records}) f
      join unnest(${dealt.map(({ at }) => at)}::int[], ${dealt.map(({ id }) => id)}::uuid[])
        as d ("at", "assignmentId") on d."at" = f."ordinal" % ${round.length}::int`,
  );
}

function refuseConflicts({ mode, perRecord, seed, userIds, dueAt }: AssignSubsetInput): void {
  const people = new Set(userIds.map((id) => id.toLowerCase())).size;
  const problems = [
    [mode !== "perRecord" && perRecord !== undefined, "perRecord", 'goes with mode "perRecord" alone'],
    [
      mode === "perRecord" && perRecord === undefined,
      "perRecord",
      "must say how many people get each record",
    ],
    [
      mode === "perRecord" && (perRecord ?? 0) > people,
      "perRecord",
      `is more than the ${people} people there are; add people or lower it`,
    ],
    [mode === "all" && seed !== undefined, "seed", "says nothing when everybody gets all"],
    [dueAt !== undefined && Date.parse(dueAt) <= Date.now(), "dueAt", "lies in the past"],
  ] as const;
  const errors = problems.flatMap(([wrong, path, message]) => (wrong ? [{ path, message }] : []));
  if (errors.length > 0) throw refusal(errors);
}

const refusal = (errors: FieldError[]) =>
  new AppError("invalid", `${errors[0]?.path} ${errors[0]?.message}. Nothing was assigned.`, { errors });
