import type { ImportRun } from "@/contracts/imports";

/** Whether nothing about it will change any more. */
export const hasEnded = ({ status }: Pick<ImportRun, "status">): boolean =>
  status === "succeeded" || status === "failed" || status === "cancelled";

export const statusWords: Record<
  ImportRun["status"],
  { word: string; tone: "neutral" | "accent" | "good" | "bad" }
> = {
  queued: { word: "Waiting", tone: "accent" },
  running: { word: "Running", tone: "accent" },
  succeeded: { word: "Done", tone: "good" },
  failed: { word: "Failed", tone: "bad" },
  cancelled: { word: "Cancelled", tone: "neutral" },
};
