"use client";

import type { LabelDefinition } from "@/contracts/label-schema";
import { PickOne } from "../pick-one";

type LabelSelectProps = {
  labels: readonly LabelDefinition[];
  value: string;
  onChange: (name: string) => void;
};

/** One label of the schema; a name that the schema no longer has stays as it is. */
export function LabelSelect({ labels, value, onChange }: LabelSelectProps) {
  return (
    <PickOne
      label="Label"
      picks={labels.map(({ name, level }) => ({
        value: name,
        label: name,
        hint: level === "span" ? "spans" : undefined,
      }))}
      value={value}
      onPick={onChange}
    />
  );
}
