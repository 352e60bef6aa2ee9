import { RadioGroup, type RadioOption } from "@/components/ui/radio-group";
import type { JobEstimate, JobMode } from "@/contracts/jobs";

type ModeFieldProps = {
  mode: JobMode;
  onChange: (mode: JobMode) => void;
  /** Whether the agent can be asked in batches; undefined: not known yet. */
  offer: JobEstimate["batch"] | undefined;
  problem: string | undefined;
};

/** Whether records are asked about one by one, or many at once by the provider's batch API. */
export function ModeField({ mode, onChange, offer, problem }: ModeFieldProps) {
  const options: RadioOption<JobMode>[] = [
    { value: "live", label: "Call by call", hint: "Answers come at once" },
    {
      value: "batch",
      label: "In batches",
      hint: hintOf(offer),
      disabled: mode === "live" && (!offer || offer.problem !== null),
    },
  ];
  return (
    <div>
      <RadioGroup aria-label="How it is asked" options={options} value={mode} onValueChange={onChange} />
      {problem ? (
        <p role="alert" className="text-bad text-xs">
          {problem}
        </p>
      ) : null}
    </div>
  );
}

function hintOf(offer: JobEstimate["batch"] | undefined): string {
  const within = "The provider answers within a day";
  if (!offer) return within;
  if (offer.problem !== null) return `Not here: ${offer.problem}`;
  if (offer.priceFactor === null)
    return `${within}; what it takes off the price at this address is not known`;
  const percent = Math.round(offer.priceFactor * 100);
  return `${within}, for ${percent}% of the price (list of ${offer.priceAsOf})`;
}
