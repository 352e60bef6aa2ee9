import { z } from "zod";
import type { Decision, Refusal, SpanMark } from "@/contracts/live";
import type { Intent } from "./parse-update";

/** Why a change can't stand, and what stands instead. */
export type Refused = Pick<Refusal, "code" | "message"> & { current: Decision | SpanMark | null };
export type RefusedIntent = { intent: Intent; refused: Refused };

type Group = Refusal & Required<Pick<Refusal, "current" | "at">>;

/** What was refused of one update: one message for all keys of one map that were refused for the same reason. */
export function groupRefusals(refusals: readonly RefusedIntent[]): Refusal[] {
  const groups = new Map<string, Group>();
  for (const { intent, refused } of refusals) {
    const { map, key, value } = intent;
    const { code, message, current } = refused;
    const name = `${map} ${code}`;
    const group = groups.get(name) ?? { ...mapOf(map), keys: [], code, message, current: {}, at: {} };
    groups.set(name, group);
    const { data } = timed.safeParse(value);
    group.keys.push(key);
    group.current[key] = current;
    if (data) group.at[key] = data.at;
  }
  return [...groups.values()];
}

/** A refusal that names no map is about decisions. */
const mapOf = (map: Intent["map"]) => (map === "decisions" ? {} : { map });

/** The time tells one change of a key from another. */
const timed = z.object({ at: z.string().max(40) });
