import { hashToken, isWellFormedToken } from "@/server/platform/crypto";
import { type Db, sqlRows } from "@/server/platform/db";
import type { Actor } from "../actor";
import { ACCESS_TOKEN } from "./token-prefixes";

type Row = Omit<Actor, "token"> & { id: string; projectId: string | null; scopes: string[] };

/**
 * The actor behind an access token, or null when it is malformed, unknown, expired or revoked, or its owner
 * is disabled. Notes the use, at most once a minute.
 */
export async function verifyAccessToken(db: Db, token: string): Promise<Actor | null> {
  if (!isWellFormedToken(token, ACCESS_TOKEN)) return null;
  const [row] = await sqlRows<Row>(
    db,
    `with found as (
       select t."id", t."projectId", t."scopes", t."lastUsedAt", u."id" as "userId", u."name",
         u."instanceRole"::text as "instanceRole"
       from "AccessToken" t join "User" u on u."id" = t."userId"
       where t."tokenHash" = $1 and t."revokedAt" is null and t."expiresAt" > now() and u."disabledAt" is null
     ), noted as (
       update "AccessToken" t set "lastUsedAt" = now() from found
       where t."id" = found."id" and (found."lastUsedAt" is null or found."lastUsedAt" < now() - interval '1 minute')
     )
     select "id", "projectId", "scopes", "userId", "name", "instanceRole" from found`,
    [hashToken(token)],
  );
  if (!row) return null;
  const { userId, name, instanceRole, ...held } = row;
  return { userId, name, instanceRole, token: held };
}
