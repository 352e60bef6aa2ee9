import { MAX_MENTIONS, mentionedIds } from "@/contracts/mentions";
import type { ProjectActor } from "@/server/modules/access";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { splitMentioned } from "./mentionable-people";

/**
 * The people whom a text mentions. Those mentioned in the text before an edit are not asked about again.
 * @throws AppError `invalid` at `body` for too many, and for who is no member or does not see the record
 */
export async function checkMentions(
  db: Db,
  actor: ProjectActor,
  { recordId, body, before = [] }: { recordId: string; body: string; before?: readonly string[] },
): Promise<string[]> {
  const ids = mentionedIds(body);
  if (ids.length > MAX_MENTIONS) throw refusal(`mentions more than ${MAX_MENTIONS} people`);
  const asked = ids.filter((id) => id !== actor.userId && !before.includes(id));
  if (asked.length === 0) return ids;
  const { seeing, blind } = await splitMentioned(db, actor, { recordId, userIds: asked });
  if (blind.length > 0) {
    const names = blind.map(({ name }) => name).join(", ");
    throw refusal(`mentions ${names}, to whom this record is not assigned or opened; take the mention out`);
  }
  if (asked.some((id) => !seeing.has(id)))
    throw refusal("mentions somebody who is no member of this project that you know of");
  return ids;
}

const refusal = (message: string) =>
  new AppError("invalid", `The comment ${message}. It was not saved.`, {
    errors: [{ path: "body", message }],
  });
