"use client";

import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { formatExact } from "@/components/ui/format-time";
import { RadioGroup } from "@/components/ui/radio-group";
import { useLocale } from "@/components/ui/reader";
import { Select } from "@/components/ui/select";
import {
  type ExportChoices,
  type ExportKind,
  exportFormat,
  exportKind,
  tableFormats,
} from "@/contracts/exports";
import { policyWords } from "../final-labels/policy-words";
import { formatWords, kindWords } from "./export-words";
import type { ExportDraft } from "./use-export-choice";

type ExportFormProps = {
  draft: ExportDraft;
  choices: ExportChoices;
  /** The search in words, when there is one. */
  search: string | undefined;
  onChange: (part: Partial<ExportDraft>) => void;
};

/** No choice in a select, whose values must be texts. */
const ALL = "all";
const orNull = (value: string): string | null => (value === ALL ? null : value);
const kinds: readonly ExportKind[] = ["final", "annotations", "verifications", "records"];

/** What to export, narrowed how, in which format. */
export function ExportForm({ draft, choices, search, onChange }: ExportFormProps) {
  const { kind, format } = draft;
  const formats = kind === "verifications" ? tableFormats : exportFormat.options;
  return (
    <>
      <RadioGroup
        aria-label="What to export"
        value={kind}
        onValueChange={(next) => onChange({ kind: exportKind.parse(next) })}
        options={kinds.map((value) => ({ value, label: kindWords[value].name, hint: kindWords[value].hint }))}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Format">
          {(control) => (
            <Select
              {...control}
              options={formats.map((value) => ({
                value,
                label: formatWords[value].name,
                hint: formatWords[value].hint,
              }))}
              value={format}
              onValueChange={(next) => onChange({ format: next })}
            />
          )}
        </Field>
        {kind === "records" ? null : (
          <Field label="Label">
            {(control) => (
              <Select
                {...control}
                options={[
                  { value: ALL, label: "Every label" },
                  ...choices.labels.map((name) => ({ value: `=${name}`, label: name })),
                ]}
                value={draft.label === null ? ALL : `=${draft.label}`}
                onValueChange={(next) => onChange({ label: next === ALL ? null : next.slice(1) })}
              />
            )}
          </Field>
        )}
        {kind === "annotations" ? (
          <Field label="Annotator">
            {(control) => (
              <Select
                {...control}
                options={[
                  { value: ALL, label: "Everybody" },
                  ...choices.annotators.map(({ id, name }) => ({ value: id, label: name })),
                ]}
                value={draft.annotator ?? ALL}
                onValueChange={(next) => onChange({ annotator: orNull(next) })}
              />
            )}
          </Field>
        ) : null}
        {kind === "final" ? <SnapshotField draft={draft} choices={choices} onChange={onChange} /> : null}
      </div>
      <div className="flex flex-col gap-2">
        {search === undefined ? null : (
          <Checkbox
            label="Only the records of this search"
            hint={search}
            checked={draft.narrowed}
            onCheckedChange={(on) => onChange({ narrowed: on === true })}
          />
        )}
        {format === "csv" ? (
          <>
            <Checkbox
              label="Keep spreadsheets from running formulas"
              hint="A text that begins like one gets a ' in front, which the import takes off again"
              checked={draft.guarded}
              onCheckedChange={(on) => onChange({ guarded: on === true })}
            />
            <Checkbox
              label="Begin with a byte order mark"
              hint="Excel needs it to read other scripts"
              checked={draft.bom}
              onCheckedChange={(on) => onChange({ bom: on === true })}
            />
          </>
        ) : null}
      </div>
    </>
  );
}

function SnapshotField({ draft, choices, onChange }: Omit<ExportFormProps, "search">) {
  const locale = useLocale();
  const shown = choices.snapshots.filter(({ label }) => draft.label === null || label === draft.label);
  return (
    <Field label="Snapshot" hint="The same snapshot gives the same file, byte for byte">
      {(control) => (
        <Select
          {...control}
          options={[
            { value: ALL, label: draft.label === null ? "Each label's newest" : "The newest" },
            ...shown.map(({ id, label, policy, createdAt }) => ({
              value: id,
              label: `${label}, ${policyWords[policy].inTitle}`,
              hint: formatExact(Date.parse(createdAt), locale),
            })),
          ]}
          value={draft.snapshot ?? ALL}
          onValueChange={(next) => onChange({ snapshot: orNull(next) })}
        />
      )}
    </Field>
  );
}
