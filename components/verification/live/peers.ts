import { presence } from "@/contracts/live";
import type { PeerPresence } from "./types";

/** An awareness state as it came: its client, what it says, when it was last renewed (milliseconds). */
export type AwarenessState = { clientId: number; state: unknown; renewedAt: number };

/**
 * The people in a session, each once: who has several rooms or tabs open is where they last said they look.
 * @param own client ids of this page
 */
export function peersOf(states: readonly AwarenessState[], own: ReadonlySet<number>): PeerPresence[] {
  const byUser = new Map<string, PeerPresence & { renewedAt: number }>();
  for (const { clientId, state, renewedAt } of states) {
    const { data } = presence.safeParse(state);
    if (own.has(clientId) || !data?.user) continue;
    const peer = { clientId, user: data.user, at: data.at ?? null, view: data.view ?? null, renewedAt };
    const known = byUser.get(data.user.id);
    if (!known || isBetter(peer, known)) byUser.set(data.user.id, peer);
  }
  return [...byUser.values()]
    .sort((one, other) => (one.user.name < other.user.name ? -1 : 1))
    .map(({ renewedAt: _, ...peer }) => peer);
}

type Seen = PeerPresence & { renewedAt: number };
const isBetter = (one: Seen, other: Seen): boolean =>
  (one.at !== null) === (other.at !== null) ? one.renewedAt > other.renewedAt : one.at !== null;
