import type { z } from "zod";
import type { signInLink } from "@/contracts/access";
import { type Db, inTransaction, sqlRows } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import type { ProjectActor } from "../actor";
import { recordAudit } from "../audit/record-audit";
import { createSignInLink } from "../sessions/create-sign-in-link";
import { findMember } from "./list-members";

/** Where a personal sign-in link is opened. */
export const signInLinkUrl = (publicUrl: string, token: string): string => `${publicUrl}/sign-in/${token}`;

/**
 * A link that brings one member back to their identity, once within 24 hours. Since it opens the whole
 * account, an administrator may make it only for people whose every project is theirs to administer, the
 * owner of the instance for anybody, and everybody for themselves; by an access token that is limited, none for
 * an account that reaches further than the token.
 * @throws AppError `not_found`, `forbidden`
 */
export async function handOutSignInLink(
  db: Db,
  actor: ProjectActor,
  { userId }: { userId: string },
  publicUrl: string,
): Promise<z.infer<typeof signInLink>> {
  const { projectId } = actor;
  const member = await findMember(db, projectId, userId);
  if (!member || member.disabled)
    throw new AppError(
      "not_found",
      "There is no such member in this project, or their access is switched off.",
    );
  if (!(await mayOpenAccount(db, actor, userId)))
    throw new AppError(
      "forbidden",
      `A sign-in link for ${member.name} would also open projects that are not yours. Ask the owner of this instance.`,
    );
  return inTransaction(db, async (tx) => {
    const { id, token, expiresAt } = await createSignInLink(tx, { userId, createdById: actor.userId });
    await recordAudit(tx, {
      projectId,
      actorId: actor.userId,
      action: "member.sign_in_link",
      target: userId,
      details: { name: member.name },
      address: actor.address,
    });
    return { id, token, url: signInLinkUrl(publicUrl, token), expiresAt: expiresAt.toISOString() };
  });
}

async function mayOpenAccount(
  db: Db,
  { userId: administratorId, projectId, tokenScopes, onlyThisProject = false }: ProjectActor,
  userId: string,
): Promise<boolean> {
  const isLimited = onlyThisProject || tokenScopes.length > 0;
  if (administratorId === userId && !isLimited) return true;
  const [found] = await sqlRows<{ may: boolean }>(
    db,
    `select (a."instanceRole" = 'owner' and not $3::boolean) or (u."instanceRole" <> 'owner' and not exists (
       select from "Membership" m
       where m."userId" = u."id" and m."removedAt" is null and not exists (
         select from "Membership" mine
         where mine."projectId" = m."projectId" and mine."userId" = a."id" and mine."role" = 'administrator'
           and mine."removedAt" is null and mine."disabledAt" is null
           and ($4::uuid is null or mine."projectId" = $4::uuid))
     )) as "may"
     from "User" a, "User" u where a."id" = $1::uuid and u."id" = $2::uuid`,
    [administratorId, userId, isLimited, onlyThisProject ? projectId : null],
  );
  return found?.may ?? false;
}
