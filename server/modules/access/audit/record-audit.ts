import type { JsonValue } from "@/contracts/common";
import type { Db } from "@/server/platform/db";
import { newId } from "@/server/platform/ids";

export type AuditEntry = {
  /** Null for what belongs to no project: an account, a token. */
  projectId: string | null;
  /** Null: the server itself. */
  actorId: string | null;
  /** `<noun>.<what happened>`, as in `invitation.created`. */
  action: string;
  /** Id or name of what it happened to. */
  target?: string | null;
  /** Facts for people; never secrets, never texts of records. */
  details?: Record<string, JsonValue>;
  /** Client address. */
  address?: string | null;
};

/** Writes one row of the audit log, in the transaction of what it tells about. */
export async function recordAudit(db: Db, entry: AuditEntry): Promise<void> {
  const { projectId, actorId, action, target = null, details = {}, address = null } = entry;
  await db.auditEvent.create({
    data: { id: newId(), projectId, actorId, action, target, details, origin: address },
  });
}
