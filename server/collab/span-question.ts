import { spanMark } from "@/contracts/live";
import type { ProjectActor } from "@/server/modules/access";
import type { RoomItems, RoomUnderLock, SpanQuestion } from "@/server/modules/verification";
import { mayVerify } from "./may-verify";
import type { ParsedUpdate } from "./parse-update";

/** Whether an update says anything of spans. */
export const marksSpans = ({ touched }: ParsedUpdate): boolean => touched.some(({ map }) => map === "spans");

/**
 * What must be known of the rows before spans are judged: of people who may mark any, in records that are here.
 * @returns null when no span can come of it
 */
export function spanQuestion(
  entries: readonly { author: ProjectActor; update: ParsedUpdate }[],
  { definition, records }: RoomItems,
  people: RoomUnderLock["people"],
): SpanQuestion | null {
  if (definition.level !== "span") return null;
  const wanted = new Map<string, { userId: string; userName: string }>();
  const recordIds = new Set<string>();
  const keys = new Set<string>();
  for (const { author, update } of entries)
    for (const { map, key, value } of update.intents) {
      const { data } = map === "spans" ? spanMark.safeParse(value) : {};
      if (!data || !records.has(data.recordId) || !isUuid(key) || !mayVerify(author, people)) continue;
      wanted.set(author.userId, author);
      recordIds.add(data.recordId);
      keys.add(key);
    }
  if (keys.size === 0) return null;
  const asked = [...wanted.values()].map(({ userId, userName }) => ({ userId, userName }));
  return { label: definition.name, people: asked, recordIds: [...recordIds], keys: [...keys] };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** A key of the map of spans: a UUID as it is written everywhere. */
export const isUuid = (key: string): boolean => UUID.test(key);
