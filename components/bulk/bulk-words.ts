import type { BulkAction, BulkRun, BulkSkipReason } from "@/contracts/bulk";

/** What an action does, while it does it and afterwards: "Labelling", "labelled". */
type Words = { doing: string; did: string; detail: string };

export function wordsOf(action: BulkAction): Words {
  switch (action.type) {
    case "delete":
      return { doing: "Deleting", did: "deleted", detail: "" };
    case "restore":
      return { doing: "Restoring", did: "restored", detail: "" };
    case "setMetadata":
      return action.value === null
        ? { doing: "Clearing metadata of", did: "cleared", detail: action.name }
        : { doing: "Setting metadata of", did: "set", detail: `${action.name}: ${shown(action.value)}` };
    case "label":
      return { doing: "Labelling", did: "labelled", detail: `${action.name}: ${action.value.join(", ")}` };
    case "clearLabel":
      return { doing: "Clearing my label of", did: "cleared", detail: action.name };
    case "addToSubset":
      return { doing: "Adding to a subset", did: "added to a subset", detail: "" };
    case "removeFromSubset":
      return { doing: "Removing from a subset", did: "removed from a subset", detail: "" };
  }
}

const shown = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

const reasons: Record<BulkSkipReason, string> = {
  unchanged: "were so already",
  deleted: "were deleted meanwhile",
  erased: "are erased",
  out_of_reach: "are no longer open to you",
  changed_since: "were changed since",
};

type Skipped = BulkRun["skipped"];
/** "3 were so already, 1 was deleted meanwhile"; empty when nothing was skipped. */
export const skippedWords = (skipped: Skipped, count: (value: number) => string): string =>
  skipped
    .filter((one) => one.count > 0)
    .map(({ reason, count: n }) => `${count(n)} ${reasons[reason]}`)
    .join(", ");

export const isUnderWay = ({ status }: Pick<BulkRun, "status">): boolean =>
  status === "queued" || status === "running" || status === "undoing";

/** One line about a run, as it stands. */
export function sentenceOf(run: BulkRun, count: (value: number) => string): string {
  const { doing, did, detail } = wordsOf(run.action);
  const which = detail === "" ? "" : ` (${detail})`;
  const records = (n: number) => `${count(n)} ${n === 1 ? "record" : "records"}`;
  switch (run.status) {
    case "queued":
    case "running":
      return `${doing} ${records(run.total)}${which}`;
    case "undoing":
      return `Taking back: ${records(run.changed)} ${did}${which}`;
    case "undone":
      return `Taken back: ${records(run.undo?.restored ?? 0)} as before${which}`;
    case "failed":
      return `Stopped after ${records(run.changed)} ${did}${which}: ${run.error?.detail ?? "it failed"}`;
    case "cancelled":
      return `Cancelled after ${records(run.changed)} ${did}${which}`;
    case "succeeded":
      return `${records(run.changed)} ${did}${which}`;
  }
}

/** How far a run is: looked at, of how many. */
export const progressOf = (run: BulkRun): { done: number; total: number } =>
  run.status === "undoing" ? { done: run.undo?.done ?? 0, total: run.changed } : run;
