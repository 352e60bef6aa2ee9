import { hashPassword } from "@/server/platform/crypto";
import { type Db, inTransaction, sqlRun } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";
import { freeEmail } from "./credentials";

/** Every instance has one lock for "is there an owner yet?"; the number only has to be ours alone. */
const OWNER_LOCK = 727_073_701;

/** Whether the instance has been set up. */
export async function hasOwner(db: Db): Promise<boolean> {
  return (await db.user.count({ where: { instanceRole: "owner" } })) > 0;
}

type NewOwner = { name?: string; email: string; password: string };

/**
 * Makes the owner of an empty instance; does nothing when there is one. Two processes may race.
 * @returns the id of the instance's first owner
 */
export async function ensureOwner(db: Db, owner: NewOwner): Promise<string> {
  const existing = await findOwner(db);
  return existing ?? (await createOwner(db, owner)).id;
}

/**
 * Makes the owner of an instance that has none.
 * @returns `created: false` with the id of the owner who was there first
 */
export async function createOwner(
  db: Db,
  { name, email, password }: NewOwner,
): Promise<{ id: string; created: boolean }> {
  const passwordHash = await hashPassword(password);
  return inTransaction(db, async (tx) => {
    await sqlRun(tx, "select pg_advisory_xact_lock($1::bigint)", [OWNER_LOCK]);
    const existing = await findOwner(tx);
    if (existing) return { id: existing, created: false };
    const address = email.toLowerCase();
    await freeEmail(tx, address, null);
    const id = newId();
    const data = { id, email: address, passwordHash, instanceRole: "owner" } as const;
    await tx.user.create({ data: { ...data, name: name ?? address.split("@")[0] ?? address } });
    return { id, created: true };
  });
}

async function findOwner(db: Db): Promise<string | null> {
  const where = { instanceRole: "owner" } as const;
  const owner = await db.user.findFirst({ where, orderBy: { createdAt: "asc" }, select: { id: true } });
  return owner?.id ?? null;
}
