import type { z } from "zod";
import type { createFlagInput, Flag } from "@/contracts/discussions";
import type { ProjectActor } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import { queryRows, sql } from "@/server/platform/sql";
import { announceDiscussion } from "../discussion-topic";
import { requirePace } from "../pace";
import { holdRecord, requireAbout, requireRecord } from "../require-record";
import { readFlag } from "./flag-rows";

type CreateFlagInput = Omit<z.infer<typeof createFlagInput>, "project">;

/**
 * Says that something is wrong with a record. A person has one open flag on it at most: flagging again changes the
 * reason.
 * @throws AppError `not_found` for the record, `invalid` at `label` or `sessionId`, `rate_limited`
 */
export async function createFlag(db: Db, actor: ProjectActor, input: CreateFlagInput): Promise<Flag> {
  const { recordId, kind, note, label, sessionId } = input;
  const { projectId, userId } = actor;
  await requireRecord(db, actor, recordId);
  await requireAbout(db, actor, input);
  return inTransaction(db, async (tx) => {
    await holdRecord(tx, projectId, recordId);
    await requirePace(tx, actor, "RecordFlag");
    const [written] = await queryRows<{ id: string }>(
      tx,
      sql`insert into "RecordFlag" ("id", "projectId", "recordId", "sessionId", "labelName", "authorId", "kind", "note")
        values (${newId()}::uuid, ${projectId}::uuid, ${recordId}::uuid, ${sessionId ?? null}::uuid,
          ${label ?? null}::text, ${userId}::uuid, ${kind}::"FlagKind", ${note || null}::text)
        on conflict ("projectId", "recordId", "authorId") where "state" = 'open' do update
          set "kind" = excluded."kind", "note" = excluded."note", "changedAt" = now()
        returning "id"`,
    );
    await announceDiscussion(tx, projectId);
    return readFlag(tx, actor, written?.id ?? "");
  });
}
