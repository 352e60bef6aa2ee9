"use client";

import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { useFormat } from "@/components/ui/figure";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { RadioGroup } from "@/components/ui/radio-group";
import { Section } from "@/components/ui/section";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import type { Problem } from "@/contracts/common";
import type { LabelFormat } from "@/contracts/label-imports";
import type { LabelDefinition } from "@/contracts/label-schema";
import { sendFile } from "../send-file";
import { formats, type LabelChoices, labelParams, readValues } from "./label-choices";

const kept = [
  {
    value: "annotators",
    label: "As labels of imported annotators",
    hint: "Side by side with everybody else's; nobody's own labels change.",
  },
  {
    value: "gold",
    label: "As gold",
    hint: "Trusted labels in record metadata, hidden while people decide; agents are measured against them.",
  },
] as const;
const matches = [
  { value: "externalId", label: "By id", hint: "Items without an id are found by their text." },
  { value: "content", label: "By text", hint: "The whole text must be equal." },
] as const;
const unknowns = [
  { value: "create", label: "Make records of them", hint: "The text comes from the file." },
  { value: "refuse", label: "Refuse them", hint: "They stand in the report with their line." },
] as const;

type LabelImportFormProps = {
  project: string;
  file: File;
  labels: readonly LabelDefinition[];
  start: LabelFormat | undefined;
  onBack: () => void;
  onStarted: (importId: string) => void;
};

/** What the file is, whose labels it brings, and how its records are found. */
export function LabelImportForm(props: LabelImportFormProps) {
  const { project, file, labels, start, onBack, onStarted } = props;
  const format = useFormat();
  const [choices, setChoices] = useState<LabelChoices>({
    format: start ?? "labelstudio",
    as: "annotators",
    annotator: "",
    match: "externalId",
    unknown: "create",
    label: "",
    spanLabel: "",
    values: "",
  });
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Problem>();
  const stop = useRef<AbortController>(undefined);
  const change = (changed: Partial<LabelChoices>) => setChoices({ ...choices, ...changed });
  const { wrongLine } = readValues(choices.values);

  async function send() {
    stop.current = new AbortController();
    setRefusal(undefined);
    setBusy(true);
    const answer = await sendFile(file, {
      url: `/api/files/${project}/imports?${labelParams(choices, file.name)}`,
      format: /\.csv$/i.test(file.name) ? "csv" : /\.json$/i.test(file.name) ? "json" : "jsonl",
      onProgress: () => undefined,
      signal: stop.current.signal,
    });
    setBusy(false);
    if (answer.ok) onStarted(answer.id);
    else setRefusal(answer.problem);
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Section
        title={file.name}
        description={format.bytes(file.size)}
        layout="form"
        actions={<Button onClick={onBack}>Choose another file</Button>}
      >
        <Field label="Made with">
          {(control) => (
            <Select
              {...control}
              options={formats}
              value={choices.format}
              onValueChange={(value) => change({ format: value })}
            />
          )}
        </Field>
      </Section>
      <Section title="How labels are kept" layout="form">
        <div className="flex flex-col gap-4">
          <RadioGroup
            aria-label="How labels are kept"
            options={kept}
            value={choices.as}
            onValueChange={(as) => change({ as })}
          />
          {choices.as === "annotators" ? (
            <Field label="Annotator" optional hint="Left empty: each annotator that the file names.">
              {(control) => (
                <Input
                  {...control}
                  maxLength={120}
                  value={choices.annotator}
                  onChange={(event) => change({ annotator: event.target.value })}
                />
              )}
            </Field>
          ) : null}
        </div>
      </Section>
      <Section title="Labels and values" layout="form">
        <div className="flex flex-col gap-4">
          <LabelChoice
            title="Label of whole records"
            labels={labels.filter(({ level }) => level === "record")}
            value={choices.label}
            onChange={(label) => change({ label })}
          />
          <LabelChoice
            title="Label of spans"
            labels={labels.filter(({ level }) => level === "span")}
            value={choices.spanLabel}
            onChange={(spanLabel) => change({ spanLabel })}
          />
          <Field
            label="Values that are called otherwise here"
            optional
            hint="One a line: the file's value = option of the schema."
            error={wrongLine === null ? undefined : `Line ${wrongLine} must be: value = option`}
          >
            {(control) => (
              <Textarea
                {...control}
                rows={3}
                spellCheck={false}
                placeholder="positive = pos"
                value={choices.values}
                onChange={(event) => change({ values: event.target.value })}
              />
            )}
          </Field>
        </div>
      </Section>
      <Section title="How records are found" layout="form">
        <RadioGroup
          aria-label="How records are found"
          options={matches}
          value={choices.match}
          onValueChange={(match) => change({ match })}
        />
      </Section>
      <Section title="Texts that the project doesn't have" layout="form">
        <RadioGroup
          aria-label="Texts that the project doesn't have"
          options={unknowns}
          value={choices.unknown}
          onValueChange={(unknown) => change({ unknown })}
        />
      </Section>
      <footer className="sticky bottom-0 flex flex-col gap-3 border-t bg-surface py-3">
        {refusal ? (
          <Notice tone="bad" title="Nothing was imported">
            {refusal.detail}
          </Notice>
        ) : null}
        <div className="flex justify-end gap-2">
          {busy ? <Button onClick={() => stop.current?.abort()}>Stop</Button> : null}
          <Button type="submit" variant="primary" busy={busy} disabled={wrongLine !== null}>
            Import labels
          </Button>
        </div>
      </footer>
    </form>
  );
}

const ANY = " ";

type LabelChoiceProps = {
  title: string;
  labels: readonly LabelDefinition[];
  value: string;
  onChange: (label: string) => void;
};

/** Only asked where the schema leaves a choice. */
function LabelChoice({ title, labels, value, onChange }: LabelChoiceProps) {
  if (labels.length < 2) return null;
  return (
    <Field label={title} hint="For labels that the file gives no name of the schema.">
      {(control) => (
        <Select
          {...control}
          options={[
            { value: ANY, label: "As the file calls them" },
            ...labels.map(({ name }) => ({ value: name, label: name })),
          ]}
          value={value === "" ? ANY : value}
          onValueChange={(next) => onChange(next === ANY ? "" : next)}
        />
      )}
    </Field>
  );
}
