"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Section } from "@/components/ui/section";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { reasoningEfforts } from "@/contracts/agents";
import { providers } from "@/contracts/providers";
import type { Draft, NumberField } from "./draft";
import { ModelCapabilitiesPanel } from "./model-capabilities";
import { ModelPlace } from "./model-place";
import { ModelPriceFields } from "./model-price";
import { useStudio } from "./studio-context";

const seldom: readonly { field: NumberField; label: string; hint: string }[] = [
  { field: "top_p", label: "Top p", hint: "0 to 1" },
  { field: "top_k", label: "Top k", hint: "An integer from 1 to 1000" },
  { field: "seed", label: "Seed", hint: "An integer" },
  { field: "presence_penalty", label: "Presence penalty", hint: "−2 to 2" },
  { field: "frequency_penalty", label: "Frequency penalty", hint: "−2 to 2" },
  {
    field: "max_completion_tokens",
    label: "Most tokens, by the newer name",
    hint: "max_completion_tokens, for a server that refuses max_tokens",
  },
];

const NOT_SET = "not set";
const efforts = [NOT_SET, ...reasoningEfforts].map((value) => ({ value, label: value }));

/** Where calls go, which model answers, what it takes, and how it is asked. */
export function ModelSection() {
  const { draft } = useStudio();
  const { mostTemperature } = providers[draft.provider];
  return (
    <Section title="Model">
      <div className="flex flex-col gap-4">
        <ModelPlace />
        <div className="grid gap-4 sm:grid-cols-2">
          <NumberInput
            field="temperature"
            label="Temperature"
            hint={`0 to ${mostTemperature}; blank leaves it to the provider`}
          />
          <NumberInput
            field="max_tokens"
            label="Most tokens of an answer"
            hint="Bounds what one answer costs"
          />
        </div>
        <details className="group">
          <summary className="w-fit cursor-pointer rounded-sm text-muted hover:text-text">
            More settings
          </summary>
          <MoreSettings />
        </details>
        <ModelCapabilitiesPanel />
      </div>
    </Section>
  );
}

/** A setting that the provider lacks is offered only to be taken out. */
function isOffered(
  { provider, numbers, stop, effort }: Draft,
  field: NumberField | "stop" | "reasoning_effort",
) {
  const set = field === "stop" ? stop : field === "reasoning_effort" ? effort : numbers[field];
  return set.trim() !== "" || !providers[provider].lacks.includes(field);
}

function MoreSettings() {
  const { draft, change, problemAt, readOnly } = useStudio();
  return (
    <div className="mt-3 grid gap-4 sm:grid-cols-2">
      {seldom
        .filter(({ field }) => isOffered(draft, field))
        .map((field) => (
          <NumberInput key={field.field} {...field} />
        ))}
      {isOffered(draft, "reasoning_effort") ? (
        <Field label="Reasoning effort" error={problemAt("model.reasoning_effort")}>
          {(control) => (
            <Select
              {...control}
              disabled={readOnly}
              options={efforts}
              value={draft.effort === "" ? NOT_SET : draft.effort}
              onValueChange={(effort) => change({ effort: effort === NOT_SET ? "" : effort })}
            />
          )}
        </Field>
      ) : null}
      {isOffered(draft, "stop") ? (
        <Field label="Stop sequences" hint="One a line, at most 4" error={problemAt("model.stop")}>
          {(control) => (
            <Textarea
              {...control}
              mono
              rows={1}
              readOnly={readOnly}
              value={draft.stop}
              onChange={(event) => change({ stop: event.target.value })}
            />
          )}
        </Field>
      ) : null}
      <ModelPriceFields />
      <Field
        label="More parameters"
        hint='JSON, sent as it is: {"logit_bias": {"50256": -100}}'
        error={problemAt("model.extra")}
        className="sm:col-span-2"
      >
        {(control) => (
          <Textarea
            {...control}
            mono
            rows={2}
            readOnly={readOnly}
            spellCheck={false}
            value={draft.extra}
            onChange={(event) => change({ extra: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}

function NumberInput({ field, label, hint }: { field: NumberField; label: string; hint: string }) {
  const { draft, change, problemAt, readOnly } = useStudio();
  return (
    <Field label={label} hint={hint} error={problemAt(`model.${field}`)}>
      {(control) => (
        <Input
          {...control}
          inputMode="decimal"
          className="tabular"
          readOnly={readOnly}
          value={draft.numbers[field]}
          onChange={(event) => change({ numbers: { ...draft.numbers, [field]: event.target.value } })}
        />
      )}
    </Field>
  );
}
