"use client";

import type { OptionLook } from "@/components/labelling/label-options";
import { OptionButton } from "@/components/labelling/option-button";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import type { Disagreement } from "@/contracts/reconciliations";
import { valueWords } from "./value-words";
import { majorityOf } from "./vote-tally";

type FinalValueFieldProps = {
  item: Disagreement;
  options: readonly OptionLook[];
  /** Several options may hold at once: they are gathered, and Enter decides. */
  multi: boolean;
  chosen: readonly string[];
  /** It stands, or is on its way. */
  decided: boolean;
  onChoose: (value: string) => void;
  onSettle: () => void;
  onNoLabel: () => void;
  onTakeBack: () => void;
};

/** The options as buttons with their keys, each with its share of the votes; one press decides. */
export function FinalValueField(props: FinalValueFieldProps) {
  const { item, options, multi, chosen, decided, onChoose, onSettle, onNoLabel, onTakeBack } = props;
  const majority = majorityOf(item.votes);
  const shareOf = (value: string) =>
    item.votes.length === 0
      ? null
      : item.votes.filter((vote) => vote.value.includes(value)).length / item.votes.length;
  return (
    <div>
      <fieldset aria-label="Final value" className="grid gap-2 sm:grid-cols-2">
        {options.map((option) => (
          <OptionButton
            key={option.value}
            option={option}
            chosen={chosen.includes(option.value)}
            byAgent={false}
            probability={shareOf(option.value)}
            disabled={false}
            onChoose={() => onChoose(option.value)}
          />
        ))}
      </fieldset>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        {multi ? (
          <Button size="sm" variant="primary" disabled={chosen.length === 0} onClick={onSettle}>
            Decide <Kbd>Enter</Kbd>
          </Button>
        ) : decided ? null : majority ? (
          <Button size="sm" onClick={onSettle}>
            Take the majority: {valueWords(majority.value, options)} <Kbd>Enter</Kbd>
          </Button>
        ) : (
          <span className="text-muted text-xs">A tie: no value has most of the votes.</span>
        )}
        {item.start === undefined ? null : (
          <Button size="sm" onClick={onNoLabel}>
            No label here
          </Button>
        )}
        {decided ? (
          <Button size="sm" variant="ghost" onClick={onTakeBack}>
            Take back <Kbd>Backspace</Kbd>
          </Button>
        ) : null}
      </div>
    </div>
  );
}
