import { can, type ProjectActor, seesOnlyOwn } from "@/server/modules/access";
import type { RoomUnderLock } from "@/server/modules/verification";

/** Whether an author may decide in a session, by the role that they have now and not by the one they connected with. */
export function mayVerify(author: ProjectActor, people: RoomUnderLock["people"]): boolean {
  const person = people.find(({ userId }) => userId === author.userId);
  if (!person) return false;
  const member = { ...author, role: person.role };
  return can(member, "verification:write") && (!seesOnlyOwn(member) || person.opened);
}

/** Why an author can change nothing in a session, or null when they can. */
export function barredFrom(
  author: ProjectActor,
  { people, state }: Pick<RoomUnderLock, "people" | "state">,
): "forbidden" | "closed" | null {
  if (!mayVerify(author, people)) return "forbidden";
  return state === "closed" ? "closed" : null;
}
