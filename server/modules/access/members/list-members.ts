import type { z } from "zod";
import type { listMembersInput, Member } from "@/contracts/access";
import type { ListOf } from "@/contracts/common";
import { type Db, sqlRows } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { pageById } from "@/server/platform/paging";
import type { ProjectActor } from "../actor";

type Row = Omit<Member, "joinedAt"> & { joinedAt: Date };

const MEMBERS = `
  select m."userId", u."name", u."email", m."role"::text as "role", m."disabledAt" is not null as "disabled",
    u."instanceRole" = 'guest' as "guest", m."joinedAt"
  from "Membership" m join "User" u on u."id" = m."userId"
  where m."projectId" = $1::uuid and m."removedAt" is null`;

const presentMember = (row: Row): Member => ({ ...row, joinedAt: row.joinedAt.toISOString() });

/** The people of a project, the newest account first; who was removed is not among them. */
export async function listMembers(
  db: Db,
  { projectId }: ProjectActor,
  { limit, cursor }: z.infer<typeof listMembersInput>,
): Promise<ListOf<Member>> {
  const page = await pageById({
    limit,
    cursor,
    read: async (before, count) => {
      const rows = await sqlRows<Row>(
        db,
        `${MEMBERS} and ($2::uuid is null or m."userId" < $2::uuid) order by m."userId" desc limit $3::int`,
        [projectId, before, count],
      );
      return rows.map((row) => ({ id: row.userId, member: presentMember(row) }));
    },
    count: () => db.membership.count({ where: { projectId, removedAt: null } }),
  });
  return { ...page, items: page.items.map(({ member }) => member) };
}

export const noSuchMember = () => new AppError("not_found", "There is no such member in this project.");

/** One member, or null for who is not or no longer one. */
export async function findMember(db: Db, projectId: string, userId: string): Promise<Member | null> {
  const [row] = await sqlRows<Row>(db, `${MEMBERS} and m."userId" = $2::uuid`, [projectId, userId]);
  return row ? presentMember(row) : null;
}
