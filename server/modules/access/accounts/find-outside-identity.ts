import { type Db, inTransaction, sqlRun } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";

export type OutsideIdentity = {
  provider: string;
  providerAccountId: string;
  name: string;
  /** Whoever is signed in in the same browser; their account takes the identity. */
  signedInUserId: string | null;
  /** Whether a stranger may make an account. */
  openSignup: boolean;
};

/**
 * The person behind an identity of an OAuth provider. It is linked to an account only from inside a signed-in
 * session: an equal e-mail address proves nothing about who owns the account here.
 * @throws AppError `not_linked` for a stranger
 */
export async function findOutsideIdentity(db: Db, identity: OutsideIdentity): Promise<string> {
  const { provider, providerAccountId, signedInUserId, openSignup, name } = identity;
  return inTransaction(db, async (tx) => {
    const find = () =>
      tx.account.findUnique({
        where: { provider_providerAccountId: { provider, providerAccountId } },
        select: { user: { select: { id: true, disabledAt: true } } },
      });
    const known = await find();
    if (known && known.user.disabledAt === null) return known.user.id;
    if (known || (!signedInUserId && !openSignup))
      throw new AppError(
        "not_linked",
        "This account is not linked to anybody here. Sign in first, then link it on your account page.",
        { status: 403 },
      );
    const userId = signedInUserId ?? newId();
    if (!signedInUserId) await tx.user.create({ data: { id: userId, name, instanceRole: "member" } });
    await sqlRun(
      tx,
      `insert into "Account" ("provider", "providerAccountId", "userId") values ($1, $2, $3::uuid)
       on conflict do nothing`,
      [provider, providerAccountId, userId],
    );
    return (await find())?.user.id ?? userId;
  });
}
