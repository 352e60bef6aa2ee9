import type { LiveRoom } from "./live-room-types";
import { isSpanMark, placeOf } from "./marks";
import type { LiveSpan } from "./types";

/**
 * The spans that people marked in a record, by their place. A record whose labels end in one room and begin in another
 * may have a span in both; the later word on it counts.
 */
export function spansIn(
  rooms: readonly Pick<LiveRoom, "spanKeys" | "holds">[],
  recordId: string,
): LiveSpan[] {
  const found = new Map<string, LiveSpan>();
  for (const room of rooms)
    for (const key of room.spanKeys(recordId)) {
      const held = room.holds(key);
      if (!held || !isSpanMark(held.mark)) continue;
      const { label, value, start, end, by, at } = held.mark;
      const known = found.get(key);
      if (known && known.at >= at) continue;
      const { key: bare } = placeOf(key);
      found.set(key, { key: bare, recordId, label, value, start, end, by, at, unsaved: held.unsaved });
    }
  return [...found.values()]
    .filter(({ value }) => value.length > 0)
    .sort((one, other) => one.start - other.start || one.end - other.end || (one.key < other.key ? -1 : 1));
}
