import type { DecisionChange, LiveVerdict } from "@/components/verification/live/types";
import type { SessionItem } from "@/contracts/sessions";
import type { VerdictStatus } from "@/contracts/verifications";

/** What stands for an item now: the live document's word, else the row that came with the page. */
export type CurrentVerdict = {
  status: VerdictStatus;
  value: string[];
  /** Why they can't tell. */
  reason: string | null;
  by: { id: string; name: string | null };
  at: string;
  unsaved: boolean;
};

/** Null when nobody has decided, or a decision was cleared. */
export function currentVerdict(item: SessionItem, live: LiveVerdict | null): CurrentVerdict | null {
  if (live)
    return live.status === null
      ? null
      : {
          status: live.status,
          value: live.value,
          reason: live.reason,
          by: { id: live.by, name: null },
          at: live.at,
          unsaved: live.unsaved,
        };
  const row = item.verdict;
  return row?.status
    ? {
        status: row.status,
        value: row.value,
        reason: row.reason ?? null,
        by: row.by,
        at: row.at,
        unsaved: false,
      }
    : null;
}

const sameValue = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && [...one].sort().every((value, at) => value === [...other].sort()[at]);

export const confirming = (item: SessionItem): DecisionChange => ({
  annotationId: item.annotationId,
  room: item.room,
  status: "CONFIRMS",
  value: item.value,
});

/** Confirms when the value is the agent's own, else corrects. */
export const choosing = (item: SessionItem, value: readonly string[]): DecisionChange => ({
  annotationId: item.annotationId,
  room: item.room,
  status: sameValue(item.value, value) ? "CONFIRMS" : "CORRECTS",
  value: [...value],
});

/** @param reason why one can't tell */
export const doubting = (item: SessionItem, reason?: string): DecisionChange => ({
  annotationId: item.annotationId,
  room: item.room,
  status: "UNSURE",
  value: [],
  ...(reason ? { reason } : {}),
});

export const clearing = (item: SessionItem): DecisionChange => ({
  annotationId: item.annotationId,
  room: item.room,
  status: null,
  value: [],
});
