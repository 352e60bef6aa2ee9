import type { z } from "zod";
import type { Invitation, listInvitationsInput } from "@/contracts/access";
import type { ListOf } from "@/contracts/common";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { pageById } from "@/server/platform/paging";
import type { ProjectActor } from "../actor";
import { namesOf } from "../members/names-of";
import { presentInvitation } from "./present-invitation";

export const noSuchInvitation = () =>
  new AppError("not_found", "There is no such invitation in this project.");

/** The invitations of a project, newest first, dead ones with the reason. */
export async function listInvitations(
  db: Db,
  { projectId }: ProjectActor,
  { limit, cursor }: z.infer<typeof listInvitationsInput>,
): Promise<ListOf<Invitation>> {
  return pageById({
    limit,
    cursor,
    read: async (before, take) => {
      const rows = await db.invitation.findMany({
        where: { projectId, ...(before ? { id: { lt: before } } : {}) },
        orderBy: { id: "desc" },
        take,
      });
      const names = await namesOf(
        db,
        rows.map((row) => row.createdById),
      );
      return rows.map((row) => presentInvitation(row, names.get(row.createdById) ?? ""));
    },
    count: () => db.invitation.count({ where: { projectId } }),
  });
}
