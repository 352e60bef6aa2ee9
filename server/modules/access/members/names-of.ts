import type { Db } from "@/server/platform/db";

/** Names of people by id, also of those who have left. */
export async function namesOf(db: Db, userIds: readonly string[]): Promise<Map<string, string>> {
  const users = await db.user.findMany({
    where: { id: { in: [...new Set(userIds)] } },
    select: { id: true, name: true },
  });
  return new Map(users.map(({ id, name }) => [id, name]));
}
