import type { z } from "zod";
import type { lookAtDisagreementInput } from "@/contracts/reconciliations";
import { type ProjectActor, requireScope } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { announceLook } from "./reconciliation-topic";

type LookInput = Omit<z.infer<typeof lookAtDisagreementInput>, "project">;

/** Tells the others where the actor looks now. Nothing is kept: whoever looks says so again now and then. */
export async function lookAtDisagreement(
  db: Db,
  actor: ProjectActor,
  { label, ...place }: LookInput,
): Promise<void> {
  requireScope(actor, "reconciliation:write");
  const person = { id: actor.userId, name: actor.userName };
  await announceLook(db, actor.projectId, { label, look: { person, ...place } });
}
