import { useFormat } from "@/components/ui/figure";
import { ProgressBar } from "@/components/ui/progress-bar";
import type { ImportPhase, ImportRun } from "@/contracts/imports";

const doing: Record<ImportPhase, string> = {
  fetching: "Fetching the file",
  reading: "Reading rows",
  writing: "Writing records",
  marking: "Looking for near duplicates",
};

/** How far a running import is. */
export function ImportProgress({ run }: { run: ImportRun }) {
  const format = useFormat();
  if (run.phase === null) return <p className="animate-breathe text-muted">Waiting for its turn…</p>;
  const words = [
    doing[run.phase],
    run.progress === null ? null : format.share(run.progress, 0),
    run.read > 0 ? `${format.counted(run.read, "row")}, ${format.count(run.refused)} refused` : null,
  ].filter((part) => part !== null);
  return (
    <div className="flex max-w-2xl flex-col gap-2">
      {run.progress === null ? null : (
        <ProgressBar
          label={doing[run.phase]}
          total={100}
          parts={[{ value: Math.round(run.progress * 100), tone: "accent", name: "percent" }]}
        />
      )}
      <p className="tabular text-muted">{words.join(", ")}. Records appear when all of the file is in.</p>
    </div>
  );
}
