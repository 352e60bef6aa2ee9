"use client";

import { useState } from "react";
import { useLabellerNames } from "@/components/compare/use-labeller-names";
import { Field } from "@/components/ui/field";
import { useFormat } from "@/components/ui/figure";
import { Input } from "@/components/ui/input";
import { MAX_WEIGHT } from "@/contracts/aggregation";
import type { Labeller } from "@/contracts/compare";

type WeightsFieldProps = {
  /** All who labelled. */
  labellers: readonly Labeller[];
  /** Whose labels count; null: everybody's. */
  annotators: readonly string[] | null;
  /** Of those whose vote doesn't count 1. */
  value: Readonly<Record<string, number>>;
  onChange: (weights: Record<string, number>) => void;
};

/** What the vote of each who counts is worth. */
export function WeightsField({ labellers, annotators, value, onChange }: WeightsFieldProps) {
  const nameOf = useLabellerNames(labellers);
  const counted = labellers.filter(({ id }) => annotators === null || annotators.includes(id));
  return (
    <fieldset className="w-full">
      <legend className="font-medium text-sm">What a vote counts</legend>
      <p className="mt-0.5 text-faint text-xs">
        Jobs of one model family share the weight of one: they err alike.
      </p>
      <div className="mt-2 flex max-h-80 flex-col gap-2 overflow-y-auto p-0.5">
        {counted.map(({ id }) => (
          <WeightField
            key={`${id} ${value[id] ?? 1}`}
            name={nameOf.get(id) ?? ""}
            value={value[id] ?? 1}
            onChange={(weight) => onChange({ ...value, [id]: weight })}
          />
        ))}
      </div>
    </fieldset>
  );
}

type WeightFieldProps = { name: string; value: number; onChange: (weight: number) => void };

/** Taken over when it is left or Enter is pressed, since each change asks for a new preview. */
function WeightField({ name, value, onChange }: WeightFieldProps) {
  const format = useFormat();
  const [text, setText] = useState(String(value));
  const weight = Number(text.trim().replace(",", "."));
  const valid = weight > 0 && weight <= MAX_WEIGHT;
  const take = () => {
    if (valid && weight !== value) onChange(weight);
  };
  return (
    <Field
      label={name}
      error={valid ? undefined : `Give a number above 0, at most ${format.count(MAX_WEIGHT)}`}
    >
      {(control) => (
        <Input
          {...control}
          inputMode="decimal"
          className="w-24"
          value={text}
          onChange={({ target }) => setText(target.value)}
          onBlur={take}
          onKeyDown={({ key }) => (key === "Enter" ? take() : undefined)}
        />
      )}
    </Field>
  );
}
