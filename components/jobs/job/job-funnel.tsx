import { Figure } from "@/components/ui/figure";
import { ProgressBar } from "@/components/ui/progress-bar";
import type { Job } from "@/contracts/jobs";

type Step = { name: string; good: number; goodName: string; bad: number; badName: string };

/** From records to labels: what came through each step and what was lost there. */
export function JobFunnel({ counts }: { counts: Job["counts"] }) {
  const steps: Step[] = [
    {
      name: "Prompts",
      good: counts.prompted,
      goodName: "valid",
      bad: counts.promptInvalid,
      badName: "invalid",
    },
    { name: "Calls", good: counts.called, goodName: "succeeded", bad: counts.callFailed, badName: "failed" },
    { name: "Responses", good: counts.parsed, goodName: "valid", bad: counts.invalid, badName: "invalid" },
  ];
  return (
    <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-3">
      {steps.map((step) => (
        <div key={step.name}>
          <dt className="flex justify-between text-xs">
            <span>{step.name}</span>
            <span className="text-faint">
              of <Figure value={counts.total} />
            </span>
          </dt>
          <dd>
            <ProgressBar
              label={step.name}
              total={counts.total}
              parts={[
                { value: step.good, tone: "good", name: step.goodName },
                { value: step.bad, tone: "bad", name: step.badName },
              ]}
              className="my-1"
            />
            <p className="flex gap-4 text-muted text-xs">
              <span>
                <Figure value={step.good} /> {step.goodName}
              </span>
              <span>
                <Figure value={step.bad} /> {step.badName}
                {step.name === "Prompts" && counts.examples > 0 ? (
                  <>
                    , <Figure value={counts.examples} /> left out as examples
                  </>
                ) : null}
              </span>
            </p>
          </dd>
        </div>
      ))}
    </dl>
  );
}
