"use client";

import { Checkbox } from "@/components/ui/checkbox";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { AnnotatorPicker } from "../annotator-picker";
import { CommitInput } from "../commit-input";
import type { ConditionProps } from "../condition";

/** A part of the text. */
export function KeywordCondition({ predicate, onChange }: ConditionProps<"keyword">) {
  return (
    <>
      <CommitInput
        aria-label="Part of the text"
        className="w-56"
        value={predicate.keyword}
        onCommit={(keyword) => onChange({ ...predicate, keyword })}
      />
      <Checkbox
        label="Match case"
        checked={predicate.caseSensitive === true}
        onCheckedChange={(checked) =>
          onChange({ keyword: predicate.keyword, caseSensitive: checked === true })
        }
      />
    </>
  );
}

/** Records that any of these labelled. */
export function AnnotatorCondition({ predicate, onChange, vocabulary }: ConditionProps<"annotator">) {
  return (
    <AnnotatorPicker
      label="Annotators"
      nobody="choose who"
      annotators={vocabulary.annotators}
      value={predicate.annotator}
      onChange={(annotator) => onChange({ annotator })}
    />
  );
}

/** Records of a saved subset. */
export function SubsetCondition({ predicate, onChange, vocabulary }: ConditionProps<"subset">) {
  return (
    <Select
      aria-label="Subset"
      className="max-w-64"
      options={vocabulary.subsets.map(({ id, name }) => ({ value: id, label: name }))}
      value={predicate.subset}
      onValueChange={(subset) => onChange({ subset })}
    />
  );
}

const times = [
  { value: ">=", label: "at or after" },
  { value: "<", label: "before" },
  { value: ">", label: "after" },
  { value: "<=", label: "at or before" },
  { value: "==", label: "exactly at" },
  { value: "!=", label: "not exactly at" },
] as const;

/** The moment of import, in the reader's zone. */
export function CreatedAtCondition({ predicate, onChange }: ConditionProps<"createdAt">) {
  const { op, value } = predicate.createdAt;
  return (
    <>
      <Select
        aria-label="How the moment is compared"
        className="w-36"
        options={times}
        value={op}
        onValueChange={(next) => onChange({ createdAt: { op: next, value } })}
      />
      <Input
        type="datetime-local"
        aria-label="Moment of import"
        className="w-52"
        value={localMinute(value)}
        onChange={(event) => {
          const moment = new Date(event.target.value);
          if (!Number.isNaN(moment.getTime())) onChange({ createdAt: { op, value: moment.toISOString() } });
        }}
      />
    </>
  );
}

function localMinute(iso: string): string {
  const moment = new Date(iso);
  const two = (part: number) => String(part).padStart(2, "0");
  const day = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
  return `${day}T${two(moment.getHours())}:${two(moment.getMinutes())}`;
}

/** A list of external ids. */
export function ExternalIdsCondition({ predicate, onChange }: ConditionProps<"externalIds">) {
  return (
    <CommitInput
      aria-label="Ids, separated by commas"
      className="w-72"
      value={predicate.externalIds.join(", ")}
      onCommit={(text) => onChange({ externalIds: splitIds(text) })}
    />
  );
}

/** Records that were chosen one by one; the list is changed by choosing again. */
export function IdsCondition({ predicate }: ConditionProps<"ids">) {
  const count = predicate.ids.length;
  return <span className="text-muted">{count === 1 ? "1 chosen record" : `${count} chosen records`}</span>;
}

const splitIds = (text: string) =>
  text
    .split(/[,\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
