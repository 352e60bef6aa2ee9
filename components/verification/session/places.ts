import type { PeerPresence } from "@/components/verification/live/types";

/** Others by the label that they look at, each called as `nameOf` says. */
export function groupByPlace(
  peers: readonly PeerPresence[],
  myId: string,
  nameOf: (userId: string) => string,
): Map<string, PeerPresence[]> {
  const groups = new Map<string, PeerPresence[]>();
  for (const peer of peers) {
    const { at, user } = peer;
    if (at === null || user.id === myId) continue;
    const called = { ...peer, user: { ...user, name: nameOf(user.id) } };
    groups.set(at, [...(groups.get(at) ?? []), called]);
  }
  return groups;
}

/** One position of each chunk that holds loaded rows, those near the focus first: the room opens three chunks. */
export function nearPositions(
  rows: readonly { annotationId: string; position: number }[],
  focusedId: string | null,
  chunkSize: number,
): number[] {
  const center = rows.find((row) => row.annotationId === focusedId)?.position ?? rows[0]?.position ?? 0;
  const byChunk = new Map<number, number>();
  for (const { position } of rows) byChunk.set(Math.floor(position / chunkSize), position);
  byChunk.set(Math.floor(center / chunkSize), center);
  return [...byChunk.values()]
    .sort((one, other) => Math.abs(one - center) - Math.abs(other - center))
    .slice(0, 3);
}
