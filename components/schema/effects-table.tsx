"use client";

import { Figure } from "@/components/ui/figure";
import { OptionChip, optionColor } from "@/components/ui/option-chip";
import { Select } from "@/components/ui/select";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { LabelProblem, SchemaEffect } from "@/contracts/schema-effects";
import { effectKey, mappingTargets } from "./mapping-choice";

const reasons: Record<LabelProblem, string> = {
  label_removed: "The label is gone",
  level_changed: "The label has another level",
  option_removed: "An option is gone",
  single_now: "Only one option may hold",
};

const LEAVE = "leave";

type EffectsTableProps = {
  effects: readonly SchemaEffect[];
  before: readonly LabelDefinition[];
  after: readonly LabelDefinition[];
  /** Chosen target by effect. */
  chosen: ReadonlyMap<string, string>;
  onChoose: (effect: string, target: string | null) => void;
};

/** Labels that a new schema does not allow, by value, with whose they are and what they may become. */
export function EffectsTable({ effects, before, after, chosen, onChoose }: EffectsTableProps) {
  return (
    <Table label="Labels that no longer fit">
      <TableHead>
        <TableRow>
          <ColumnHead>Label</ColumnHead>
          <ColumnHead>Why</ColumnHead>
          <ColumnHead numeric>Labels</ColumnHead>
          <ColumnHead>Map to</ColumnHead>
        </TableRow>
      </TableHead>
      <TableBody>
        {effects.map((effect) => {
          const key = effectKey(effect);
          const targets = mappingTargets(effect, after);
          const called = `${effect.label}: ${textsOf(effect, before).join(" + ")}`;
          return (
            <TableRow key={key}>
              <TableCell>
                <span className="flex flex-wrap items-center gap-1.5">
                  <span className="text-muted">{effect.label}</span>
                  <EffectValue effect={effect} before={before} />
                </span>
              </TableCell>
              <TableCell className="text-muted">{reasons[effect.problem]}</TableCell>
              <TableCell numeric>
                <Figure value={effect.labels} />
                <span className="block max-w-48 truncate text-2xs text-faint">{whose(effect)}</span>
              </TableCell>
              <TableCell>
                {targets.length === 0 ? (
                  <span className="text-faint">Nothing of its level</span>
                ) : (
                  <Select
                    aria-label={`Map ${called} to`}
                    value={chosen.get(key) ?? LEAVE}
                    onValueChange={(value) => onChoose(key, value === LEAVE ? null : value)}
                    options={[
                      { value: LEAVE, label: "Leave as it is" },
                      ...targets.map((target) => ({ value: target.key, label: target.text })),
                    ]}
                  />
                )}
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}

type EffectValueProps = { effect: SchemaEffect; before: readonly LabelDefinition[] };

function EffectValue({ effect, before }: EffectValueProps) {
  const options = before.find(({ name }) => name === effect.label)?.options ?? [];
  return effect.value.map((value) => {
    const at = options.findIndex((option) => option.value === value);
    const option = options[at];
    return (
      <OptionChip
        key={value}
        variant="outlined"
        color={option?.color === undefined ? optionColor(Math.max(at, 0)) : option.color + 1}
        text={option?.text ?? value}
      />
    );
  });
}

function textsOf({ label, value }: SchemaEffect, before: readonly LabelDefinition[]): string[] {
  const options = before.find(({ name }) => name === label)?.options ?? [];
  return value.map((one) => options.find((option) => option.value === one)?.text ?? one);
}

/** "Ada, Agent and 3 more" */
function whose({ annotators }: SchemaEffect): string {
  const [first, second, ...more] = annotators.map(({ name }) => name);
  if (more.length > 0) return `${first}, ${second} and ${more.length} more`;
  return [first, second].filter((name) => name !== undefined).join(" and ");
}
