"use client";

import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { AnnotatorPicker } from "../annotator-picker";
import { CommitInput } from "../commit-input";
import type { ConditionProps } from "../condition";
import { PickOne } from "../pick-one";
import { bareId } from "../vocabulary";

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
    <PickOne
      label="Subset"
      picks={vocabulary.subsets.map(({ id, name }) => ({ value: id, label: name }))}
      value={predicate.subset}
      onPick={(subset) => onChange({ subset })}
    />
  );
}

/** Records that a person has to label. */
export function AssignedToCondition({ predicate, onChange, vocabulary }: ConditionProps<"assignedTo">) {
  return (
    <PickOne
      label="Person"
      picks={vocabulary.people.map(({ id, name }) => ({ value: id, label: name }))}
      value={bareId(predicate.assignedTo)}
      onPick={(assignedTo) => onChange({ assignedTo })}
    />
  );
}

/** Records with an open flag; there is nothing to choose. */
export const FlaggedCondition = () => <span className="text-faint">a flag on it is open</span>;

/** The nearest records to one. It is begun at a record; here is said how many, and by which vectors. */
export function SimilarToCondition({ predicate, onChange }: ConditionProps<"similarTo">) {
  const { similarTo } = predicate;
  const { metadata, ...rest } = similarTo;
  return (
    <>
      <span className="text-muted">the record</span>
      <CommitInput
        aria-label="Id of the record it is like"
        className="w-80 font-mono"
        value={similarTo.recordId}
        onCommit={(recordId) => onChange({ similarTo: { ...similarTo, recordId: recordId.trim() } })}
      />
      <span className="text-faint text-xs">at most</span>
      <CommitInput
        aria-label="How many records"
        className="w-20"
        inputMode="numeric"
        value={String(similarTo.limit)}
        onCommit={(text) => onChange({ similarTo: { ...similarTo, limit: Number(text) } })}
      />
      <span className="text-faint text-xs">by</span>
      <CommitInput
        aria-label="Name of the vectors"
        className="w-40"
        placeholder="the text"
        value={metadata ?? ""}
        onCommit={(name) =>
          onChange({ similarTo: name.trim() === "" ? rest : { ...rest, metadata: name.trim() } })
        }
      />
    </>
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
