import type { Member } from "@/contracts/access";
import { type Db, inTransaction, sqlRun } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { announceAccessChange } from "../access-topic";
import type { ProjectActor } from "../actor";
import { findMember, noSuchMember } from "./list-members";

/**
 * Changes one membership, in a transaction that holds the project's row: of two administrators who demote or
 * remove each other at once, the second sees what the first did, so one always remains. Live connections of
 * the person close.
 * @throws AppError `not_found`, `last_administrator` (409)
 */
export async function changeMember<T>(
  db: Db,
  { projectId }: ProjectActor,
  userId: string,
  change: (tx: Db, before: Member) => Promise<T>,
): Promise<T> {
  return inTransaction(db, async (tx) => {
    await sqlRun(tx, `select from "Project" where "id" = $1::uuid for no key update`, [projectId]);
    const before = await findMember(tx, projectId, userId);
    if (!before) throw noSuchMember();
    const result = await change(tx, before);
    await requireAdministrator(tx, projectId);
    await announceAccessChange(tx, projectId, userId);
    return result;
  });
}

async function requireAdministrator(tx: Db, projectId: string): Promise<void> {
  const left = await tx.membership.count({
    where: {
      projectId,
      role: "administrator",
      disabledAt: null,
      removedAt: null,
      user: { disabledAt: null },
    },
  });
  if (left === 0)
    throw new AppError(
      "last_administrator",
      "A project needs an administrator. Make somebody else one first.",
      { status: 409 },
    );
}
