import type { LabelDefinition } from "@/contracts/label-schema";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";
import { sessionsOpenTo } from "./session-reach";
import { noSuchSession } from "./session-repository";

export type SessionLabel = {
  state: "open" | "closed";
  /** How many verdicts a label gets in an independent session; null in a shared one. */
  overlap: number | null;
  /** In the schema version that the session froze. */
  definition: LabelDefinition;
};

/** What verdicts in a session are judged by. @throws AppError `not_found` */
export async function readSessionLabel(
  db: Db,
  actor: ProjectActor,
  sessionId: string,
): Promise<SessionLabel> {
  const [found] = await queryRows<
    Omit<SessionLabel, "definition"> & { labelName: string; labels: LabelDefinition[] }
  >(
    db,
    sql`select s."state"::text as "state", s."overlap", s."labelName", l."labels" from "VerificationSession" s
      join "LabelSchema" l on l."projectId" = s."projectId" and l."id" = s."schemaId"
      where s."projectId" = ${actor.projectId}::uuid and s."id" = ${sessionId}::uuid and ${sessionsOpenTo(actor)}`,
  );
  const definition = found?.labels.find(({ name }) => name === found.labelName);
  if (!found || !definition) throw noSuchSession();
  return { state: found.state, overlap: found.overlap, definition };
}
