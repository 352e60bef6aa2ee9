"use client";

import { Select } from "@/components/ui/select";
import { AnnotatorPicker } from "../annotator-picker";
import type { ConditionProps } from "../condition";
import { LabelSelect } from "./label-select";

const modes = [
  { value: "UNVERIFIED", label: "unverified" },
  { value: "VERIFIED", label: "verified" },
  { value: "ALL", label: "labelled by a job" },
] as const;
const statuses = [
  { value: "any", label: "any verdict" },
  { value: "CONFIRMS", label: "confirmed" },
  { value: "CORRECTS", label: "corrected" },
  { value: "UNSURE", label: "can't tell" },
] as const;

/** Whether a job's label has a verdict, which, and by whom. */
export function VerificationCondition({ predicate, onChange, vocabulary }: ConditionProps<"verification">) {
  const { label, mode, jobIds = [], status, verifierIds = [] } = predicate.verification;
  const change = (part: Partial<typeof predicate.verification>) =>
    onChange({ verification: { ...predicate.verification, ...part } });
  return (
    <>
      <LabelSelect labels={vocabulary.labels} value={label} onChange={(next) => change({ label: next })} />
      <Select
        aria-label="State"
        className="w-40"
        options={modes}
        value={mode}
        onValueChange={(next) => change({ mode: next })}
      />
      {mode === "UNVERIFIED" ? null : (
        <Select
          aria-label="Kind of verdict"
          className="w-32"
          options={statuses}
          value={status ?? "any"}
          onValueChange={(next) => {
            const { status: _, ...rest } = predicate.verification;
            onChange({ verification: next === "any" ? rest : { ...rest, status: next } });
          }}
        />
      )}
      <span className="text-faint text-xs">of</span>
      <AnnotatorPicker
        label="Jobs"
        nobody="any job"
        annotators={vocabulary.annotators.filter(({ kind }) => kind === "job")}
        value={jobIds}
        onChange={(ids) => change({ jobIds: ids })}
      />
      <span className="text-faint text-xs">by</span>
      <AnnotatorPicker
        label="Verifiers"
        nobody="anybody"
        annotators={vocabulary.annotators.filter(({ kind }) => kind === "user")}
        value={verifierIds}
        onChange={(ids) => change({ verifierIds: ids })}
      />
    </>
  );
}
