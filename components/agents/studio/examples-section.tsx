"use client";

import { Plus, Trash2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Section } from "@/components/ui/section";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import type { PromptExample } from "@/contracts/agents";
import type { LabelDefinition } from "@/contracts/label-schema";
import { useStudio } from "./studio-context";

/** Solved cases shown to the model. The record that is being labelled is never shown as an example of itself. */
export function ExamplesSection() {
  const { draft, changePrompt, readOnly, labels } = useStudio();
  const examples = draft.prompt.examples ?? [];
  const asked = labels.filter(({ name }) => draft.prompt.labels.includes(name));
  const put = (index: number, example: PromptExample | null) =>
    changePrompt({ examples: example ? examples.with(index, example) : examples.toSpliced(index, 1) });
  const add = () => changePrompt({ examples: [...examples, { text: "", labels: {} }] });
  return (
    <Section
      title="Examples"
      description="Texts with their right answer, shown before the record."
      actions={
        readOnly ? null : (
          <Button size="sm" onClick={add} disabled={examples.length >= 50}>
            <Plus aria-hidden />
            Add an example
          </Button>
        )
      }
    >
      {examples.length === 0 ? <p className="text-faint">None.</p> : null}
      <ol className="flex flex-col gap-4">
        {[...examples.entries()].map(([place, example]) => (
          <ExampleFields
            key={place}
            index={place}
            example={example}
            asked={asked}
            put={(next) => put(place, next)}
          />
        ))}
      </ol>
    </Section>
  );
}

type ExampleFieldsProps = {
  index: number;
  example: PromptExample;
  asked: readonly LabelDefinition[];
  put: (example: PromptExample | null) => void;
};

function ExampleFields({ index, example, asked, put }: ExampleFieldsProps) {
  const { problemAt, readOnly } = useStudio();
  const path = `prompt.examples.${index}`;
  const setLabel = (name: string, values: string[]) => {
    const { [name]: _old, ...others } = example.labels;
    put({ ...example, labels: values.length > 0 ? { ...others, [name]: values } : others });
  };
  return (
    <li className="flex flex-col gap-2">
      <Field label={`Example ${index + 1}`} error={problemAt(`${path}.text`)}>
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            readOnly={readOnly}
            value={example.text}
            onChange={(event) => put({ ...example, text: event.target.value })}
          />
        )}
      </Field>
      <div className="flex flex-wrap items-end gap-3">
        {asked.map((label) => (
          <ExampleLabel
            key={label.name}
            label={label}
            values={example.labels[label.name] ?? []}
            error={problemAt(`${path}.labels.${label.name}`)}
            setValues={(values) => setLabel(label.name, values)}
          />
        ))}
        {readOnly ? null : (
          <IconButton label={`Remove example ${index + 1}`} onClick={() => put(null)}>
            <Trash2 aria-hidden />
          </IconButton>
        )}
      </div>
    </li>
  );
}

type ExampleLabelProps = {
  label: LabelDefinition;
  values: string[];
  error: string | undefined;
  setValues: (values: string[]) => void;
};

function ExampleLabel({ label, values, error, setValues }: ExampleLabelProps) {
  const { readOnly } = useStudio();
  if (!label.multi)
    return (
      <Field label={label.name} error={error} className="min-w-40">
        {(control) => (
          <Select
            {...control}
            disabled={readOnly}
            options={label.options.map(({ value, text }) => ({ value, label: text }))}
            value={values[0] ?? ""}
            onValueChange={(value) => setValues([value])}
          />
        )}
      </Field>
    );
  return (
    <fieldset className="flex flex-wrap gap-x-3">
      <legend className="font-medium">{label.name}</legend>
      {label.options.map(({ value, text }) => (
        <Checkbox
          key={value}
          label={text}
          disabled={readOnly}
          checked={values.includes(value)}
          onCheckedChange={(on) =>
            setValues(on === true ? [...values, value] : values.filter((other) => other !== value))
          }
        />
      ))}
      {error ? (
        <p role="alert" className="w-full text-bad text-xs">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
