"use client";

import { Select } from "@/components/ui/select";
import type { LabelDefinition } from "@/contracts/label-schema";

type LabelSelectProps = {
  labels: readonly LabelDefinition[];
  value: string;
  onChange: (name: string) => void;
};

/** One label of the schema; a name that the schema no longer has stays choosable. */
export function LabelSelect({ labels, value, onChange }: LabelSelectProps) {
  const names = labels.map(({ name }) => name);
  return (
    <Select
      aria-label="Label"
      className="max-w-48"
      options={(names.includes(value) ? names : [value, ...names]).map((name) => ({
        value: name,
        label: name,
      }))}
      value={value}
      onValueChange={onChange}
    />
  );
}
