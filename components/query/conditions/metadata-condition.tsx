"use client";

import { CommitInput } from "../commit-input";
import type { ConditionProps } from "../condition";
import { PickOne } from "../pick-one";
import { CompareFields } from "./compare-fields";

/** A comparison of record metadata. */
export function MetadataCondition({ predicate, onChange, vocabulary }: ConditionProps<"metadata">) {
  const { name } = predicate.metadata;
  const known = vocabulary.metadata.find((one) => one.name === name);
  const change = (part: Partial<typeof predicate.metadata>) =>
    onChange({ metadata: { ...predicate.metadata, ...part } });
  return (
    <>
      {known ? (
        <PickOne
          label="Metadata"
          picks={vocabulary.metadata.map((one) => ({
            value: one.name,
            label: one.name,
            hint: one.type === "string" ? "text" : one.type,
          }))}
          value={name}
          onPick={(next) => change({ name: next })}
        />
      ) : (
        <CommitInput
          aria-label="Metadata"
          className="w-40"
          value={name}
          onCommit={(next) => change({ name: next })}
        />
      )}
      <CompareFields
        name={name}
        type={known?.type ?? "json"}
        value={predicate.metadata}
        onChange={(comparison) => onChange({ metadata: { name, ...comparison } })}
      />
    </>
  );
}
