import type { z } from "zod";
import { type AccessToken, accessToken } from "@/contracts/access";
import type { ListOf, page } from "@/contracts/common";
import type { Db } from "@/server/platform/db";
import { pageById } from "@/server/platform/paging";
import type { Actor } from "../actor";

const scopesOf = accessToken.shape.scopes;

/** The caller's own tokens that were not revoked, newest first, without their secrets. */
export async function listAccessTokens(
  db: Db,
  { userId, token }: Actor,
  { limit, cursor }: z.infer<typeof page>,
): Promise<ListOf<AccessToken>> {
  const onlyProject = token?.projectId ? { projectId: token.projectId } : {};
  const where = { userId, revokedAt: null, ...onlyProject };
  return pageById({
    limit,
    cursor,
    read: async (before, take) => {
      const rows = await db.accessToken.findMany({
        where: { ...where, ...(before ? { id: { lt: before } } : {}) },
        orderBy: { id: "desc" },
        take,
        include: { project: { select: { name: true } } },
      });
      return rows.map((row) => ({
        id: row.id,
        prefix: row.prefix,
        note: row.note,
        scopes: scopesOf.parse(row.scopes),
        project: row.project?.name ?? null,
        createdAt: row.createdAt.toISOString(),
        expiresAt: row.expiresAt.toISOString(),
        lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
      }));
    },
    count: () => db.accessToken.count({ where }),
  });
}
