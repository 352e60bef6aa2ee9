import { createHmac } from "node:crypto";
import { type Db, sqlRows, sqlRun } from "./db";
import { authSecret } from "./env";
import { AppError } from "./errors";

export type StoredAnswer = { status: number; body: unknown };
type Claim = { callerId: string; route: string; key: string; bodyText: string };
type Row = { bodyHash: string; status: number | null; body: unknown };

/** Bodies may hold a password: without the instance's secret nothing can be tried against what is kept. */
const keyedHash = (text: string): string =>
  createHmac("sha256", `idempotency ${authSecret()}`).update(text).digest("hex");

/** Who calls without a token is told apart by address. @returns a UUID that is no person's */
export const strangerAt = (address: string | null): string =>
  keyedHash(`stranger ${address}`)
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

/** Characters of a key. */
export const MAX_KEY = 255;

/**
 * Claims an `Idempotency-Key` for one caller and route, for a day.
 * @returns the first answer when the key came before, else null: the caller does the work and then calls
 * {@link storeAnswer}, or {@link releaseKey} when it failed.
 * @throws AppError `idempotency_mismatch` for the same key with another body, `conflict` while in flight
 */
export async function claimKey(
  db: Db,
  { callerId, route, key, bodyText }: Claim,
): Promise<StoredAnswer | null> {
  if (key === "" || key.length > MAX_KEY)
    throw new AppError("malformed", `Idempotency-Key must have 1 to ${MAX_KEY} characters.`);
  const bodyHash = keyedHash(bodyText);
  const claimed = await sqlRun(
    db,
    `insert into "IdempotencyKey" ("callerId", "route", "key", "bodyHash") values ($1::uuid, $2, $3, $4)
     on conflict ("callerId", "route", "key") do update
       set "bodyHash" = excluded."bodyHash", "status" = null, "body" = null, "createdAt" = now()
       where "IdempotencyKey"."createdAt" < now() - interval '24 hours'`,
    [callerId, route, key, bodyHash],
  );
  if (claimed === 1) return null;
  const [row] = await sqlRows<Row>(
    db,
    `select "bodyHash", "status", "body" from "IdempotencyKey"
     where "callerId" = $1::uuid and "route" = $2 and "key" = $3`,
    [callerId, route, key],
  );
  if (row && row.bodyHash !== bodyHash)
    throw new AppError("idempotency_mismatch", "This Idempotency-Key came before with another body.");
  if (!row || row.status === null)
    throw new AppError("conflict", "A request with this Idempotency-Key is still running; try again.", {
      retryAfter: 1,
    });
  return { status: row.status, body: row.body };
}

/** Keeps the first answer for repetitions, and forgets those of other days. */
export async function storeAnswer(
  db: Db,
  { callerId, route, key }: Omit<Claim, "bodyText">,
  { status, body }: StoredAnswer,
): Promise<void> {
  await sqlRun(
    db,
    `with old as (delete from "IdempotencyKey" where "createdAt" < now() - interval '2 days')
     update "IdempotencyKey" set "status" = $4::int, "body" = $5::jsonb
     where "callerId" = $1::uuid and "route" = $2 and "key" = $3`,
    [callerId, route, key, status, JSON.stringify(body ?? null)],
  );
}

/** Frees a key whose request failed, so that a second try is a real one. */
export async function releaseKey(db: Db, { callerId, route, key }: Omit<Claim, "bodyText">): Promise<void> {
  await sqlRun(
    db,
    `delete from "IdempotencyKey" where "callerId" = $1::uuid and "route" = $2 and "key" = $3 and "status" is null`,
    [callerId, route, key],
  );
}
