"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { reasoningEfforts } from "@/contracts/agents";
import type { NumberField } from "./draft";
import { useStudio } from "./studio-context";

const places = [
  { value: "provider", label: "OpenAI", hint: "Or the address this server is set up with" },
  { value: "builtin", label: "Built-in model", hint: "tandem-tiny, not an LLM; needs no key" },
  { value: "address", label: "Another address", hint: "Anything that speaks OpenAI's chat API" },
] as const;

const seldom: readonly { field: NumberField; label: string; hint: string }[] = [
  { field: "top_p", label: "Top p", hint: "0 to 1" },
  { field: "seed", label: "Seed", hint: "An integer" },
  { field: "presence_penalty", label: "Presence penalty", hint: "−2 to 2" },
  { field: "frequency_penalty", label: "Frequency penalty", hint: "−2 to 2" },
];

const BUILTIN = "tandem-tiny";
const NOT_SET = "not set";
const efforts = [NOT_SET, ...reasoningEfforts].map((value) => ({ value, label: value }));

/** Where calls go, which model answers, and how it is asked. */
export function ModelSection() {
  const { draft, change, problemAt, readOnly } = useStudio();
  return (
    <Section title="Model">
      <div className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Provider">
            {(control) => (
              <Select
                {...control}
                disabled={readOnly}
                options={places}
                value={draft.place}
                onValueChange={(place) =>
                  change({
                    place,
                    ...(place === "builtin" ? { model: BUILTIN } : modelElsewhere(draft.model)),
                  })
                }
              />
            )}
          </Field>
          <Field label="Model" error={problemAt("model.model")}>
            {(control) => (
              <Input
                {...control}
                className="font-mono"
                spellCheck={false}
                readOnly={readOnly || draft.place === "builtin"}
                value={draft.model}
                onChange={(event) => change({ model: event.target.value })}
              />
            )}
          </Field>
        </div>
        {draft.place === "builtin" ? (
          <Notice title="Built-in, not an LLM">
            A small classifier inside Tandem, trained on the sample messages. It knows sentiment well enough
            to try everything out; on other tasks it guesses and says so by low confidence.
          </Notice>
        ) : null}
        {draft.place === "address" ? (
          <Field
            label="Base URL"
            hint="Without /chat/completions, as in https://host/v1"
            error={problemAt("baseUrl")}
          >
            {(control) => (
              <Input
                {...control}
                type="url"
                readOnly={readOnly}
                value={draft.address}
                onChange={(event) => change({ address: event.target.value })}
              />
            )}
          </Field>
        ) : null}
        <div className="grid gap-4 sm:grid-cols-2">
          <NumberInput
            field="temperature"
            label="Temperature"
            hint="0 to 2; blank leaves it to the provider"
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
      </div>
    </Section>
  );
}

/** The built-in model's name means nothing elsewhere. */
const modelElsewhere = (model: string) => (model === BUILTIN ? { model: "" } : {});

function MoreSettings() {
  const { draft, change, problemAt, readOnly } = useStudio();
  return (
    <div className="mt-3 grid gap-4 sm:grid-cols-2">
      {seldom.map((field) => (
        <NumberInput key={field.field} {...field} />
      ))}
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
      <PriceInput part="input" label="Price of input" path="model.price.inputPerMillion" />
      <PriceInput part="output" label="Price of output" path="model.price.outputPerMillion" />
      <Field
        label="More parameters"
        hint='JSON, sent as it is: {"top_k": 40}'
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

function PriceInput({ part, label, path }: { part: "input" | "output"; label: string; path: string }) {
  const { draft, change, problemAt, readOnly } = useStudio();
  return (
    <Field label={label} hint="US dollars per million tokens" error={problemAt(path)}>
      {(control) => (
        <Input
          {...control}
          inputMode="decimal"
          className="tabular"
          readOnly={readOnly}
          value={draft.price[part]}
          onChange={(event) => change({ price: { ...draft.price, [part]: event.target.value } })}
        />
      )}
    </Field>
  );
}
