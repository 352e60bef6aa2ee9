import type { z } from "zod";
import type { LabelDefinition } from "@/contracts/label-schema";
import { queryJson } from "@/contracts/query";
import type { extendedSession, extendSessionInput, sessionOrder } from "@/contracts/sessions";
import { type ProjectActor, recordAudit } from "@/server/modules/access";
import { parseQuery, recordFilter } from "@/server/modules/search";
import { loadSight } from "@/server/modules/sight";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { publish } from "@/server/platform/events";
import { execute, queryRows, sql } from "@/server/platform/sql";
import { FREEZE_TIMEOUT, narrowing, requireJobs } from "./create-session";
import { describeItems } from "./describe-items";
import { freezeItems, makeRooms } from "./freeze-items";
import { lockRoomsOf } from "./lock-rooms";
import type { SessionMode } from "./session-mode";
import { sessionsOpenTo } from "./session-reach";
import { noSuchSession, readSession } from "./session-repository";
import { type SessionEvent, sessionTopic } from "./session-topic";

type Input = Omit<z.infer<typeof extendSessionInput>, "project">;
type Extended = z.infer<typeof extendedSession>;

/**
 * Adds labels to an open session: those of the records asked for that it doesn't hold yet, as new live documents at
 * its end, so that no document that people have open changes what it is about. They come with the chance of their
 * record in the subset, or 1: a draw of the session itself was made once.
 * @throws AppError `not_found`, `closed` (409), `invalid` at `jobIds.<n>`
 */
export async function extendSession(db: Db, actor: ProjectActor, input: Input): Promise<Extended> {
  const { projectId } = actor;
  const { id } = input;
  const session = await readExtendable(db, actor, id);
  const jobIds = input.jobIds ? [...new Set(input.jobIds)] : session.jobIds;
  if (input.jobIds) await requireJobs(db, projectId, jobIds, session.label);
  // What it was opened on counts as a whole: a subset without its query would be another choice.
  const isAgain = input.query === undefined && input.subsetId === undefined;
  const json = isAgain ? session.query : input.query;
  const subsetId = isAgain ? session.subsetId : (input.subsetId ?? null);
  const records = await recordFilter(db, actor, narrowing(parseQuery(json), subsetId ?? undefined));
  const sight = await loadSight(db, actor);
  const extended = await inTransaction(
    db,
    async (tx) => {
      // Who extends at the same time waits here, and then sees what came in.
      await lockRoomsOf(tx, projectId, id);
      const { state, mode, chunks, chunkSize, label, level, order, blind } = await readExtendable(
        tx,
        actor,
        id,
      );
      if (state === "closed")
        throw new AppError("closed", "This session is closed; open it again before you add labels.", {
          status: 409,
        });
      const added = await freezeItems(tx, {
        projectId,
        sessionId: id,
        label,
        level,
        jobIds,
        order,
        records,
        subsetId,
        sample: null,
        from: chunks * chunkSize,
        blind,
        sight,
      });
      if (added > 0) {
        const to = chunks + Math.ceil(added / chunkSize);
        if (mode === "shared") await makeRooms(tx, { projectId, sessionId: id, from: chunks, to });
        await note(tx, projectId, { id, added, chunks: to, jobIds });
        await recordAudit(tx, {
          projectId,
          actorId: actor.userId,
          action: "session.changed",
          target: id,
          details: { added },
          address: actor.address,
        });
        await publish(tx, sessionTopic(id), {} satisfies SessionEvent);
      }
      return { ...(await readSession(tx, actor, id)), added };
    },
    { timeoutMs: FREEZE_TIMEOUT },
  );
  await describeItems(db, extended.added);
  return extended;
}

type Extendable = {
  state: "open" | "closed";
  mode: SessionMode;
  label: string;
  level: LabelDefinition["level"];
  jobIds: string[];
  subsetId: string | null;
  query: z.infer<typeof queryJson> | undefined;
  order: z.infer<typeof sessionOrder>;
  chunks: number;
  chunkSize: number;
  blind: { share: number; seed: number };
};

async function readExtendable(db: Db, actor: ProjectActor, id: string): Promise<Extendable> {
  const [row] = await queryRows<Omit<Extendable, "query"> & { query: unknown }>(
    db,
    sql`select s."state"::text as "state", s."labelName" as "label", s."jobIds", s."subsetId", s."query", s."order",
        s."chunks", s."chunkSize", s."mode",
        (select d ->> 'level' from jsonb_array_elements(l."labels") d where d ->> 'name' = s."labelName") as "level",
        json_build_object('share', s."blindShare", 'seed', s."blindSeed"::bigint + s."chunks") as "blind"
      from "VerificationSession" s
      join "LabelSchema" l on l."projectId" = s."projectId" and l."id" = s."schemaId"
      where s."projectId" = ${actor.projectId}::uuid and s."id" = ${id}::uuid and ${sessionsOpenTo(actor)}`,
  );
  if (!row) throw noSuchSession();
  return { ...row, query: row.query === null ? undefined : queryJson.parse(row.query) };
}

type Note = { id: string; added: number; chunks: number; jobIds: readonly string[] };

const note = (tx: Db, projectId: string, { id, added, chunks, jobIds }: Note) =>
  execute(
    tx,
    sql`update "VerificationSession" s set "total" = s."total" + ${added}::int, "chunks" = ${chunks}::int,
        "jobIds" = s."jobIds" || array(select j from unnest(${jobIds}::uuid[]) j where j <> all(s."jobIds"))
      where s."projectId" = ${projectId}::uuid and s."id" = ${id}::uuid`,
  );
