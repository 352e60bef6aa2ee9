import { sha256 } from "@/server/platform/crypto";
import { type Db, sqlRows, sqlRun } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";

const PAIR = { tries: 10, seconds: 60 };
const ACCOUNT = { tries: 100, seconds: 3600 };

export type Attempt = {
  /** Lower-cased; whether it belongs to anybody makes no difference, or a stranger could find out. */
  email: string;
  /** Client address; null counts as one address. */
  address: string | null;
};

type Counter = { key: string; limit: typeof PAIR };

/** The address as counters know it: it is kept nowhere in clear. */
export const addressHash = (address: string | null): string => sha256(`address\0${address ?? ""}`);

const pairKey = ({ email, address }: Attempt): string => sha256(`pair\0${email}\0${address ?? ""}`);

/**
 * Reserves one try at a password before it is checked, so that tries sent at once cannot slip through
 * together: 10 wrong ones a minute for an account from one address, 100 an hour for an account from
 * addresses that it was never signed in from.
 * @returns the function that gives the try back, called when the password was right
 * @throws AppError `rate_limited` with Retry-After; then the password must not be looked at
 */
export async function reserveTry(db: Db, attempt: Attempt): Promise<() => Promise<void>> {
  const counters: Counter[] = [{ key: pairKey(attempt), limit: PAIR }];
  if (!(await isKnownAddress(db, attempt)))
    counters.push({ key: sha256(`account\0${attempt.email}`), limit: ACCOUNT });
  for (const counter of counters) await count(db, counter);
  return async () => {
    await sqlRun(
      db,
      `update "SignInThrottle" set "tries" = greatest("tries" - 1, 0) where "key" = any($1::text[])`,
      [counters.map(({ key }) => key)],
    );
  };
}

async function count(db: Db, { key, limit }: Counter): Promise<void> {
  const [row] = await sqlRows<{ tries: number; seconds: number }>(
    db,
    `insert into "SignInThrottle" as t ("key", "tries", "endsAt")
     values ($1, 1, now() + make_interval(secs => $2::int))
     on conflict ("key") do update set
       "tries" = case when t."endsAt" <= now() then 1 else t."tries" + 1 end,
       "endsAt" = case when t."endsAt" <= now() then excluded."endsAt" else t."endsAt" end
     returning "tries", extract(epoch from "endsAt" - now())::float8 as "seconds"`,
    [key, limit.seconds],
  );
  if (!row || row.tries <= limit.tries) return;
  const retryAfter = Math.max(1, Math.ceil(row.seconds));
  throw new AppError("rate_limited", `Too many wrong passwords. Try again in ${waitOf(retryAfter)}.`, {
    retryAfter,
  });
}

const waitOf = (seconds: number): string =>
  seconds <= 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;

async function isKnownAddress(db: Db, { email, address }: Attempt): Promise<boolean> {
  return (
    (await db.signInAddress.count({ where: { addressHash: addressHash(address), user: { email } } })) > 0
  );
}

/** Forgets counters whose window has ended. */
export async function forgetEndedTries(db: Db): Promise<void> {
  await sqlRun(db, `delete from "SignInThrottle" where "endsAt" <= now()`);
}
