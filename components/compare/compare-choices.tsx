"use client";

import { ChevronDown } from "lucide-react";
import { useNamesApart } from "@/components/labelling/use-names-apart";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { useFormat } from "@/components/ui/figure";
import { Popover } from "@/components/ui/popover";
import { Select, type SelectOption } from "@/components/ui/select";
import { Toolbar } from "@/components/ui/toolbar";
import type { Labeller } from "@/contracts/compare";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { Project } from "@/contracts/projects";
import type { Subset } from "@/contracts/subsets";
import { type GoldChoice, printGold, readGold } from "./compare-address";
import type { ChangeAddress } from "./use-compare-address";
import { useLabellerNames } from "./use-labeller-names";

type CompareChoicesProps = {
  labels: readonly LabelDefinition[];
  label: string;
  metadata: Project["metadata"];
  labellers: readonly Labeller[];
  subsets: readonly Subset[];
  gold: GoldChoice;
  annotators: readonly string[];
  subsetId: string | null;
  onChange: ChangeAddress;
};

const EVERY = "every";
const MOST = 20;

/** What is compared with what, on which records. All of it is in the address. */
export function CompareChoices(props: CompareChoicesProps) {
  const { labels, label, labellers, subsets, gold, subsetId, onChange } = props;
  const nameOf = useLabellerNames(labellers);
  const subsetName = useNamesApart(subsets);
  return (
    <Toolbar label="What to compare">
      {labels.length > 1 ? (
        <Select
          aria-label="Label"
          options={labels.map(({ name }) => ({ value: name, label: name }))}
          value={label}
          onValueChange={(next) => onChange({ label: next, annotators: null, detail: null })}
        />
      ) : null}
      <Labellers {...props} nameOf={nameOf} />
      <span className="flex items-center gap-2 text-muted">
        against
        <Select
          aria-label="Gold"
          className="max-w-64 text-text"
          options={goldOptions(props, nameOf)}
          value={printGold(gold)}
          onValueChange={(next) => onChange({ gold: readGold(next) })}
        />
      </span>
      <span className="flex items-center gap-2 text-muted">
        on
        <Select
          aria-label="Records"
          className="max-w-64 text-text"
          options={[
            { value: EVERY, label: "all records" },
            ...subsets.map(({ id, name }) => ({ value: id, label: subsetName.get(id) ?? name })),
            ...(subsetId && !subsets.some(({ id }) => id === subsetId)
              ? [{ value: subsetId, label: "an unknown subset" }]
              : []),
          ]}
          value={subsetId ?? EVERY}
          onValueChange={(next) => onChange({ subsetId: next === EVERY ? null : next })}
        />
      </span>
    </Toolbar>
  );
}

type Names = ReadonlyMap<string, string>;

function Labellers({ labellers, annotators, nameOf, onChange }: CompareChoicesProps & { nameOf: Names }) {
  const format = useFormat();
  const names = labellers.filter(({ id }) => annotators.includes(id)).map(({ id }) => nameOf.get(id));
  const words = names.length > 2 ? `${names.length} chosen` : names.join(", ") || "nobody";
  return (
    <Popover
      label="Who is compared"
      className="max-h-96 w-80 overflow-y-auto"
      trigger={
        <Button className="max-w-80" aria-label={`Who is compared: ${words}`}>
          <span className="truncate">{words}</span>
          <ChevronDown aria-hidden />
        </Button>
      }
    >
      {labellers.map((labeller) => {
        const chosen = annotators.includes(labeller.id);
        const what = labeller.agent?.model ?? (labeller.kind === "user" ? "person" : "imported");
        return (
          <Checkbox
            key={labeller.id}
            label={nameOf.get(labeller.id)}
            hint={`${what}, ${format.counted(labeller.records, "record")}`}
            checked={chosen}
            disabled={!chosen && annotators.length >= MOST}
            onCheckedChange={(checked) =>
              onChange((now) => {
                const others = (now.annotators ?? annotators).filter((id) => id !== labeller.id);
                return { annotators: checked === true ? [...others, labeller.id] : others };
              })
            }
          />
        );
      })}
    </Popover>
  );
}

function goldOptions({ metadata, labellers, gold }: CompareChoicesProps, nameOf: Names): SelectOption[] {
  const trustedFirst = [
    ...metadata.filter(({ visibility }) => visibility === "gold"),
    ...metadata.filter(({ visibility }) => visibility !== "gold"),
  ];
  const choices: (SelectOption & { value: string })[] = [
    ...trustedFirst.map(({ name, visibility }) => ({
      value: printGold({ kind: "metadata", name }),
      label: name,
      hint: visibility === "gold" ? "gold metadata" : "record metadata",
    })),
    { value: "verified", label: "verified labels", hint: "people's current verdicts" },
    ...labellers.map((labeller) => ({
      value: printGold({ kind: "annotator", id: labeller.id }),
      label: nameOf.get(labeller.id) ?? labeller.name,
      hint: "their labels count as right",
    })),
    { value: "none", label: "each other only", hint: "agreement, without a gold standard" },
  ];
  const current = printGold(gold);
  if (choices.some(({ value }) => value === current)) return choices;
  const what = gold.kind === "final" ? "a snapshot of final labels" : "something that is gone";
  return [...choices, { value: current, label: what }];
}
