import type { z } from "zod";
import type { Member, patchMemberInput } from "@/contracts/access";
import type { Db } from "@/server/platform/db";
import type { ProjectActor } from "../actor";
import { recordAudit } from "../audit/record-audit";
import { changeMember } from "./change-members";
import { findMember, noSuchMember } from "./list-members";

/** Changes a member's role, or switches their access off and on; their labels stay as they are. */
export async function patchMember(
  db: Db,
  actor: ProjectActor,
  { userId, role, disabled }: Omit<z.infer<typeof patchMemberInput>, "project">,
): Promise<Member> {
  const { projectId } = actor;
  return changeMember(db, actor, userId, async (tx, before) => {
    const data = {
      ...(role === undefined ? {} : { role }),
      ...(disabled === undefined || disabled === before.disabled
        ? {}
        : { disabledAt: disabled ? new Date() : null }),
    };
    await tx.membership.update({ where: { projectId_userId: { projectId, userId } }, data });
    const entry = { projectId, actorId: actor.userId, target: userId, address: actor.address };
    const { name } = before;
    if (role !== undefined && role !== before.role)
      await recordAudit(tx, {
        ...entry,
        action: "member.role_changed",
        details: { name, from: before.role, to: role },
      });
    if (data.disabledAt !== undefined)
      await recordAudit(tx, {
        ...entry,
        action: disabled ? "member.disabled" : "member.enabled",
        details: { name },
      });
    const after = await findMember(tx, projectId, userId);
    if (!after) throw noSuchMember();
    return after;
  });
}
