import type { DecisionChange, LiveVerdict } from "@/components/verification/live/types";
import type { SessionItem } from "@/contracts/sessions";
import type { VerdictStatus } from "@/contracts/verifications";

/** What stands for an item now: the live document's word, else the row that came with the page. */
export type CurrentVerdict = {
  /** Null while the agent's label is hidden: it would tell it. */
  status: VerdictStatus | null;
  value: string[];
  /** Why they can't tell. */
  reason: string | null;
  /** Given to several labels at one stroke. */
  together: boolean;
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
          status: live.status ?? outcome(item, live.value),
          value: live.value,
          reason: live.reason,
          together: live.together,
          by: { id: live.by, name: null },
          at: live.at,
          unsaved: live.unsaved,
        };
  const row = item.verdict;
  return row
    ? {
        status: row.status ?? outcome(item, row.value),
        value: row.value,
        reason: row.reason ?? null,
        together: row.together ?? false,
        by: row.by,
        at: row.at,
        unsaved: false,
      }
    : null;
}

export const sameValue = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && [...one].sort().every((value, at) => value === [...other].sort()[at]);

/** How a value judges the agent's; null while that is hidden. */
function outcome({ value: agents }: SessionItem, value: readonly string[]): "CONFIRMS" | "CORRECTS" | null {
  if (agents === undefined) return null;
  return sameValue(agents, value) ? "CONFIRMS" : "CORRECTS";
}

/** What the agent gave is hidden from the reader until they decide. */
export const isHidden = (item: SessionItem): boolean => item.value === undefined;

/** Hidden not by this session, but by another one that is open. */
export const isBlindElsewhere = (item: SessionItem): boolean => isHidden(item) && !item.blind;

/** Takes the agent's label as it is; nothing while that is hidden. */
export const confirming = (item: SessionItem): DecisionChange[] =>
  item.value === undefined ? [] : [choosing(item, item.value)];

/** Confirms when the value is the agent's own, else corrects; of a blind label the server says which. */
export function choosing(item: SessionItem, value: readonly string[]): DecisionChange {
  const status = item.blind ? null : outcome(item, value);
  return {
    annotationId: item.annotationId,
    room: item.room,
    ...(status === null ? {} : { status }),
    value: [...value],
  };
}

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
