import type { Predicate, PredicateKind } from "@/contracts/query";
import type { Vocabulary } from "./vocabulary";

/** One predicate of a kind. */
type PredicateOf<Kind extends PredicateKind> = Extract<Predicate, Record<Kind, unknown>>;

/** What the fields of each kind of condition get. */
export type ConditionProps<Kind extends PredicateKind> = {
  predicate: PredicateOf<Kind>;
  onChange: (predicate: PredicateOf<Kind>) => void;
  vocabulary: Vocabulary;
};

/** A kind of condition that can be added, with the condition it starts as. */
export type ConditionChoice = { kind: PredicateKind; label: string; start: Predicate };

/** The kinds that make sense with the names there are: no label condition in a project without labels. */
export function conditionChoices({ labels, metadata, subsets, people }: Vocabulary): ConditionChoice[] {
  const [label] = labels;
  const [name] = metadata;
  const [subset] = subsets;
  const [person] = people;
  return [
    { kind: "keyword", label: "Text", start: { keyword: "" } },
    { kind: "fullText", label: "Words of the text", start: { fullText: "" } },
    { kind: "regex", label: "Regular expression", start: { regex: "" } },
    ...(name
      ? [
          {
            kind: "metadata" as const,
            label: "Metadata",
            start: { metadata: { name: name.name, op: "exists" as const, value: true } },
          },
        ]
      : []),
    ...(label
      ? [
          {
            kind: "label" as const,
            label: "Label",
            start: { label: { name: label.name, op: "exists" as const } },
          },
          {
            kind: "labelMetadata" as const,
            label: "Confidence",
            start: { labelMetadata: { label: label.name, name: "conf", op: "<" as const, value: 0.9 } },
          },
          {
            kind: "verification" as const,
            label: "Verification",
            start: { verification: { label: label.name, mode: "UNVERIFIED" as const } },
          },
        ]
      : []),
    { kind: "annotator", label: "Labelled by", start: { annotator: [] } },
    ...(subset ? [{ kind: "subset" as const, label: "Subset", start: { subset: subset.id } }] : []),
    ...(person
      ? [{ kind: "assignedTo" as const, label: "Assigned to", start: { assignedTo: person.id } }]
      : []),
    { kind: "flagged", label: "Flagged", start: { flagged: true } },
    { kind: "externalIds", label: "Ids", start: { externalIds: [] } },
    { kind: "createdAt", label: "Imported", start: { createdAt: { op: ">=", value: startOfToday() } } },
  ];
}

function startOfToday(): string {
  const day = new Date();
  day.setHours(0, 0, 0, 0);
  return day.toISOString();
}
