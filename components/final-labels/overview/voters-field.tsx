"use client";

import { ChevronDown } from "lucide-react";
import { useLabellerNames } from "@/components/compare/use-labeller-names";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Popover } from "@/components/ui/popover";
import type { Labeller } from "@/contracts/compare";

type VotersFieldProps = {
  labellers: readonly Labeller[];
  /** null: everybody's labels count. */
  value: readonly string[] | null;
  onChange: (ids: string[] | null) => void;
  /** Where it matters: whether several jobs of one agent have one vote. */
  oneVote?: { on: boolean; onChange: (on: boolean) => void };
};

/** Whose labels count. At least one does. */
export function VotersField({ labellers, value, onChange, oneVote }: VotersFieldProps) {
  const nameOf = useLabellerNames(labellers);
  const chosen = value ?? labellers.map(({ id }) => id);
  const counted = value === null ? "everybody's labels" : `labels of ${value.length} of ${labellers.length}`;
  const agents = labellers.flatMap(({ agent }) => agent?.id ?? []);
  const isRepeated = new Set(agents).size < agents.length;
  const words = isRepeated && oneVote?.on ? `${counted}, one vote an agent` : counted;
  return (
    <Popover
      label="Whose labels count"
      className="max-h-96 w-80 overflow-y-auto"
      trigger={
        <Button aria-label={`Whose labels count: ${words}`}>
          {words}
          <ChevronDown aria-hidden />
        </Button>
      }
    >
      {isRepeated && oneVote ? (
        <Checkbox
          label="One vote an agent"
          hint="Where several of its jobs labelled a record, the newest version's counts"
          checked={oneVote.on}
          onCheckedChange={(checked) => oneVote.onChange(checked === true)}
        />
      ) : null}
      {labellers.map((labeller) => {
        const isChosen = chosen.includes(labeller.id);
        return (
          <Checkbox
            key={labeller.id}
            label={nameOf.get(labeller.id)}
            hint={labeller.agent?.model ?? (labeller.kind === "user" ? "person" : "imported")}
            checked={isChosen}
            disabled={isChosen && chosen.length === 1}
            onCheckedChange={(checked) => {
              const others = chosen.filter((id) => id !== labeller.id);
              const next = checked === true ? [...others, labeller.id] : others;
              onChange(labellers.every(({ id }) => next.includes(id)) ? null : next);
            }}
          />
        );
      })}
    </Popover>
  );
}
