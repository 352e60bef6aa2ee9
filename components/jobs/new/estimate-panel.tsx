import { ErrorState } from "@/components/ui/error-state";
import { Figure } from "@/components/ui/figure";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { Stat, StatRow } from "@/components/ui/stat";
import type { JobEstimate } from "@/contracts/jobs";

type EstimatePanelProps = {
  estimate: JobEstimate | undefined;
  loading: boolean;
  /** Why there is none, for people. */
  problem: string | null;
  /** Whether a field above says what is wrong with it. */
  isMarked: boolean;
  onRetry: () => void;
};

/** What the job would ask and could cost, before anything is paid. */
export function EstimatePanel({ estimate, loading, problem, isMarked, onRetry }: EstimatePanelProps) {
  if (problem)
    return <ErrorState what="This job can't run yet" why={problem} onRetry={onRetry} className="py-6" />;
  if (!estimate)
    return loading ? (
      <div role="status" className="flex gap-6">
        <span className="sr-only">Estimating</span>
        <Skeleton className="h-8 w-24" />
        <Skeleton className="h-8 w-24" />
        <Skeleton className="h-8 w-24" />
      </div>
    ) : (
      <p className="text-muted">
        {isMarked
          ? "Put right what is marked above to see what the job would ask and cost."
          : "Choose an agent and records to see what the job would ask and cost."}
      </p>
    );
  const { records, sampled, promptTokens, promptInvalid, costBoundUsd } = estimate;
  const extrapolated = sampled < records;
  return (
    <div className="flex flex-col gap-4">
      <StatRow>
        <Stat
          label="Records"
          note={extrapolated ? `estimated from ${sampled} prompts` : "every prompt was built"}
        >
          <Figure value={records} />
        </Stat>
        <Stat label="Prompt tokens" note={promptTokens.exact ? "counted" : "estimated"}>
          <Figure value={promptTokens.total} as="compact" />
        </Stat>
        <Stat label="Longest prompt" note="tokens">
          <Figure value={promptTokens.longest} />
        </Stat>
        <Stat label="Costs at most" note={costNote(estimate)}>
          <Figure value={costBoundUsd} as="cost" reason={noBound(estimate)} />
        </Stat>
      </StatRow>
      {records === 0 ? <Notice tone="warn">No record is selected.</Notice> : null}
      {promptInvalid > 0 ? (
        <Notice tone="warn" title={`${promptInvalid} of ${sampled} prompts can't be built`}>
          {promptInvalid === 1
            ? "This record lacks metadata that the prompt shows. It is listed in the job and not asked."
            : "These records lack metadata that the prompt shows. They are listed in the job and not asked."}
        </Notice>
      ) : null}
    </div>
  );
}

function costNote({ maxAnswerTokens, mode, batch }: JobEstimate): string | null {
  const parts = [
    ...(maxAnswerTokens === null ? [] : [`up to ${maxAnswerTokens} tokens an answer`]),
    ...(mode === "batch" && batch.priceFactor !== null ? [`at the batch price of ${batch.priceAsOf}`] : []),
  ];
  return parts.length === 0 ? null : parts.join(", ");
}

const noBound = ({ maxAnswerTokens }: JobEstimate): string =>
  maxAnswerTokens === null
    ? "The agent sets no max_tokens and the job no cap, so an answer may be of any length"
    : "The price of the model is not known; give it in the agent's model settings";
