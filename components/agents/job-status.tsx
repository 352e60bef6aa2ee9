import { Status } from "@/components/ui/badge";

const looks: Record<string, { words: string; tone?: "good" | "warn" | "bad" | "accent"; live?: boolean }> = {
  queued: { words: "Queued", live: true },
  running: { words: "Running", tone: "accent", live: true },
  paused: { words: "Paused", tone: "warn" },
  succeeded: { words: "Succeeded", tone: "good" },
  failed: { words: "Failed", tone: "bad" },
  cancelled: { words: "Cancelled" },
};

/** The state of an agent's job. */
export function JobStatus({ status }: { status: string }) {
  const { words, tone = "neutral", live = false } = looks[status] ?? { words: status };
  return (
    <Status tone={tone} live={live}>
      {words}
    </Status>
  );
}
