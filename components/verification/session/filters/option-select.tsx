"use client";

import type { OptionLook } from "@/components/labelling/label-options";
import { Select } from "@/components/ui/select";

type OptionSelectProps = {
  label: string;
  /** What stands for no condition. */
  any: string;
  className?: string;
  options: readonly OptionLook[];
  value: string | undefined;
  onChange: (value: string | undefined) => void;
};

/** One option of the label, or any. */
export function OptionSelect({ label, any, className = "", options, value, onChange }: OptionSelectProps) {
  return (
    <Select
      aria-label={label}
      className={className}
      options={[
        { value: "*", label: any },
        ...options.map((option) => ({ value: `=${option.value}`, label: option.text })),
      ]}
      value={value === undefined ? "*" : `=${value}`}
      onValueChange={(next) => onChange(next === "*" ? undefined : next.slice(1))}
    />
  );
}
