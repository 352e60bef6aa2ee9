"use client";

import { ChevronDown } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Popover } from "@/components/ui/popover";
import { Select } from "@/components/ui/select";
import type { LabelDefinition } from "@/contracts/label-schema";
import { AnnotatorPicker } from "../annotator-picker";
import type { ConditionProps } from "../condition";
import { LabelSelect } from "./label-select";

const ops = [
  { value: "==", label: "is" },
  { value: "!=", label: "is not" },
  { value: "exists", label: "is there" },
  { value: "missing", label: "is missing" },
  { value: "conflicts", label: "differs between annotators" },
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

type OptionPickerProps = {
  label: LabelDefinition;
  value: readonly string[];
  onChange: (value: string[]) => void;
};

/** One option, or the exact set of options of a label that takes several. */
function OptionPicker({ label, value, onChange }: OptionPickerProps) {
  if (!label.multi)
    return (
      <Select
        aria-label={`Option of ${label.name}`}
        className="max-w-48"
        options={label.options.map((option) => ({ value: option.value, label: option.text }))}
        value={value[0]}
        onValueChange={(next) => onChange([next])}
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
