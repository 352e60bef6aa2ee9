"use client";

import { useQuery } from "@tanstack/react-query";
import { useJobNames } from "@/components/jobs/use-job-names";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Section } from "@/components/ui/section";
import { Select } from "@/components/ui/select";
import {
  type ConfidenceMethod,
  confidenceMethod,
  FEWEST_SAMPLES,
  MOST_SAMPLES,
} from "@/contracts/confidence";
import { useTRPC } from "@/trpc/client";
import { marksSpans, useAskedLabels, useStudio } from "./studio-context";

const FIRST_SAMPLES = 5;
const MOST_JOBS = 100;
const noJobs: never[] = [];

const words: Record<ConfidenceMethod, { name: string; hint: string }> = {
  "option-probability": {
    name: "Probability of the option",
    hint: "From the model's own log-probabilities; a model that gives none leaves labels without confidence.",
  },
  verbalised: {
    name: "As the model says",
    hint: "The prompt asks for a percentage beside each answer. Models mostly say too much.",
  },
  "self-consistency": {
    name: "Several answers",
    hint: "Each record is asked about several times; the share of answers that agree. It costs as many times more.",
  },
  agreement: {
    name: "Agreement with other jobs",
    hint: "The share of other jobs that gave the same value. It costs nothing.",
  },
};

const comparesRecords: readonly ConfidenceMethod[] = ["self-consistency", "agreement"];

/** Where the number beside each label comes from. */
export function ConfidenceSection() {
  const { draft, changePrompt, problemAt, readOnly } = useStudio();
  const { confidence = "option-probability", samples } = draft.prompt;
  const spans = useAskedLabels().filter(({ level }) => level === "span");
  const choose = (method: ConfidenceMethod) =>
    changePrompt({
      confidence: method === "option-probability" ? undefined : method,
      samples: method === "self-consistency" ? (samples ?? FIRST_SAMPLES) : undefined,
      agreeWith: method === "agreement" ? draft.prompt.agreeWith : undefined,
    });
  return (
    <Section title="Confidence">
      <div className="flex flex-col gap-4">
        <Field
          label="Where it comes from"
          hint={words[confidence].hint}
          error={problemAt("prompt.confidence")}
          className="max-w-md"
        >
          {(control) => (
            <Select
              {...control}
              disabled={readOnly}
              value={confidence}
              options={confidenceMethod.options.map((value) => ({
                value,
                label: words[value].name,
                ...(spans.length > 0 && comparesRecords.includes(value)
                  ? { disabled: true, hint: `Compares whole records; ${marksSpans(spans)}` }
                  : {}),
              }))}
              onValueChange={(value) => choose(confidenceMethod.parse(value))}
            />
          )}
        </Field>
        {confidence === "self-consistency" ? (
          <Field label="Answers a record" error={problemAt("prompt.samples")} className="w-40">
            {(control) => (
              <Input
                {...control}
                type="number"
                min={FEWEST_SAMPLES}
                max={MOST_SAMPLES}
                readOnly={readOnly}
                value={samples === undefined || Number.isNaN(samples) ? "" : samples}
                onChange={(event) => changePrompt({ samples: event.target.valueAsNumber })}
              />
            )}
          </Field>
        ) : null}
        {confidence === "agreement" ? <AgreeWith /> : null}
      </div>
    </Section>
  );
}

/** The jobs whose labels are compared. */
function AgreeWith() {
  const { project, draft, changePrompt, problemAt, readOnly } = useStudio();
  const trpc = useTRPC();
  const jobs = useQuery(trpc.jobs.list.queryOptions({ project, limit: MOST_JOBS })).data?.items ?? noJobs;
  const nameOf = useJobNames(jobs);
  const chosen = draft.prompt.agreeWith ?? [];
  const fitting = jobs.filter(
    ({ id, labels }) => chosen.includes(id) || labels.some((label) => draft.prompt.labels.includes(label)),
  );
  const toggle = (id: string, on: boolean) => {
    const next = on ? [...chosen, id] : chosen.filter((other) => other !== id);
    changePrompt({ agreeWith: next.length > 0 ? next : undefined });
  };
  const problem = problemAt("prompt.agreeWith");
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 font-medium">Jobs to compare with</legend>
      {fitting.length === 0 ? <p className="text-muted">No job has written these labels yet.</p> : null}
      {fitting.map(({ id, model }) => (
        <Checkbox
          key={id}
          label={nameOf.get(id)}
          hint={model}
          disabled={readOnly}
          checked={chosen.includes(id)}
          onCheckedChange={(on) => toggle(id, on === true)}
        />
      ))}
      {problem ? (
        <p role="alert" className="text-bad text-xs">
          {problem}
        </p>
      ) : null}
    </fieldset>
  );
}
