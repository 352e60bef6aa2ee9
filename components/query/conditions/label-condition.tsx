"use client";

import { ChevronDown } from "lucide-react";
import { optionLooks } from "@/components/labelling/label-options";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { OptionMark } from "@/components/ui/option-chip";
import { Popover } from "@/components/ui/popover";
import { Select } from "@/components/ui/select";
import type { LabelDefinition } from "@/contracts/label-schema";
import { AnnotatorPicker } from "../annotator-picker";
import { CommitInput } from "../commit-input";
import type { ConditionProps } from "../condition";
import { PickOne } from "../pick-one";
import { LabelSelect } from "./label-select";

const ops = [
  { value: "==", label: "is" },
  { value: "!=", label: "is not" },
  { value: "exists", label: "is there" },
  { value: "missing", label: "is missing" },
  { value: "conflicts", label: "differs between annotators" },
  { value: "doubted", label: "could not be told" },
] as const;

/** The value of a label, its absence, or a conflict about it. */
export function LabelCondition({ predicate, onChange, vocabulary }: ConditionProps<"label">) {
  const { name, op, value, annotators = [] } = predicate.label;
  const definition = vocabulary.labels.find((one) => one.name === name);
  const compares = op === "==" || op === "!=";
  const change = (part: Partial<typeof predicate.label>) =>
    onChange({ label: { ...predicate.label, ...part } });
  const first = definition?.options[0]?.value ?? "";
  return (
    <>
      <LabelSelect
        labels={vocabulary.labels}
        value={name}
        onChange={(next) => {
          const options = vocabulary.labels.find((one) => one.name === next)?.options;
          change({ name: next, ...(compares ? { value: options?.[0]?.value ?? "" } : {}) });
        }}
      />
      <Select
        aria-label={`What ${name} must be`}
        className="max-w-56"
        options={ops}
        value={op}
        onValueChange={(next) => {
          const { value: _, ...rest } = predicate.label;
          const withValue = next === "==" || next === "!=" ? { value: value ?? first } : {};
          onChange({ label: { ...rest, ...withValue, op: next } });
        }}
      />
      {compares && definition ? (
        <OptionPicker
          label={definition}
          value={typeof value === "string" ? [value] : (value ?? [])}
          onChange={(options) => {
            const [only] = options;
            change({ value: options.length === 1 && only !== undefined ? only : options });
          }}
        />
      ) : null}
      {definition?.level === "span" && op !== "conflicts" && op !== "doubted" ? (
        <SpanBorders
          start={predicate.label.start}
          end={predicate.label.end}
          onChange={(borders) => {
            const { start: _, end: __, ...rest } = predicate.label;
            onChange({ label: { ...rest, ...borders } });
          }}
        />
      ) : null}
      <span className="text-faint text-xs">{op === "conflicts" ? "among" : "by"}</span>
      <AnnotatorPicker
        label="Annotators"
        nobody={op === "conflicts" ? "all" : "anybody"}
        annotators={vocabulary.annotators}
        value={annotators}
        onChange={(ids) => change({ annotators: ids })}
      />
    </>
  );
}

type Borders = { start?: number; end?: number };
type SpanBordersProps = {
  start: number | undefined;
  end: number | undefined;
  onChange: (borders: Borders) => void;
};

/** Where a span stands in its text, in characters; left empty, it may stand anywhere. */
function SpanBorders({ start, end, onChange }: SpanBordersProps) {
  const change = (part: { start?: string; end?: string }) => {
    const from = part.start ?? String(start ?? "");
    const to = part.end ?? String(end ?? "");
    onChange({
      ...(from.trim() === "" ? {} : { start: Number(from) }),
      ...(to.trim() === "" ? {} : { end: Number(to) }),
    });
  };
  return (
    <>
      <span className="text-faint text-xs">from</span>
      <CommitInput
        aria-label="First character of the span"
        className="w-16"
        inputMode="numeric"
        value={String(start ?? "")}
        onCommit={(text) => change({ start: text })}
      />
      <span className="text-faint text-xs">to</span>
      <CommitInput
        aria-label="Character after the span"
        className="w-16"
        inputMode="numeric"
        value={String(end ?? "")}
        onCommit={(text) => change({ end: text })}
      />
    </>
  );
}

type OptionPickerProps = {
  label: LabelDefinition;
  value: readonly string[];
  onChange: (value: string[]) => void;
};

/** One option, or the exact set of options of a label that takes several. */
function OptionPicker({ label, value, onChange }: OptionPickerProps) {
  if (!label.multi)
    return (
      <PickOne
        label={`Option of ${label.name}`}
        picks={optionLooks(label).map(({ value: option, text, color }) => ({
          value: option,
          label: text,
          mark: <OptionMark color={color} />,
        }))}
        value={value[0]}
        onPick={(next) => onChange([next])}
      />
    );
  const texts = label.options.filter((option) => value.includes(option.value)).map(({ text }) => text);
  return (
    <Popover
      label={`Options of ${label.name}`}
      className="max-h-80 overflow-y-auto"
      trigger={
        <Button className="max-w-56">
          <span className="truncate">{texts.length > 0 ? texts.join(" + ") : "no option"}</span>
          <ChevronDown aria-hidden />
        </Button>
      }
    >
      {label.options.map((option) => (
        <Checkbox
          key={option.value}
          label={option.text}
          checked={value.includes(option.value)}
          onCheckedChange={(checked) =>
            onChange(
              checked === true ? [...value, option.value] : value.filter((one) => one !== option.value),
            )
          }
        />
      ))}
    </Popover>
  );
}
