"use client";

import { AnnotatorPicker } from "../annotator-picker";
import { CommitInput } from "../commit-input";
import type { ConditionProps } from "../condition";
import { CompareFields } from "./compare-fields";
import { LabelSelect } from "./label-select";

/** A fact about one label: its confidence (`conf`), or another name a job stored beside it. */
export function LabelMetadataCondition({ predicate, onChange, vocabulary }: ConditionProps<"labelMetadata">) {
  const { label, name, annotators = [] } = predicate.labelMetadata;
  const change = (part: Partial<typeof predicate.labelMetadata>) =>
    onChange({ labelMetadata: { ...predicate.labelMetadata, ...part } });
  return (
    <>
      <LabelSelect labels={vocabulary.labels} value={label} onChange={(next) => change({ label: next })} />
      <CommitInput
        aria-label="Name of the label's metadata"
        className="w-24"
        value={name}
        onCommit={(next) => change({ name: next })}
      />
      <CompareFields
        name={name}
        type={name === "conf" ? "number" : "json"}
        value={predicate.labelMetadata}
        onChange={({ op, value }) => change({ op, value })}
      />
      <span className="text-faint text-xs">by</span>
      <AnnotatorPicker
        label="Annotators"
        nobody="anybody"
        annotators={vocabulary.annotators}
        value={annotators}
        onChange={(ids) => change({ annotators: ids })}
      />
    </>
  );
}
