"use client";

import { ActionBar } from "@/components/labelling/action-bar";
import { ClearSelectionButton } from "@/components/labelling/clear-selection-button";
import type { OptionLook } from "@/components/labelling/label-options";
import { OptionMenu } from "@/components/labelling/option-menu";
import { Button } from "@/components/ui/button";
import { useFormat } from "@/components/ui/figure";
import { Kbd } from "@/components/ui/kbd";
import { useKeyNames } from "@/components/ui/keys/keys-context";
import type { Disagreement } from "@/contracts/reconciliations";
import { majorityOf } from "./vote-tally";

type MajorityBarProps = {
  /** The rows selected, or the next ones that are open. */
  items: readonly Disagreement[];
  isSelection: boolean;
  options: readonly OptionLook[];
  onTake: () => void;
  onDecideAll: (value: string) => void;
  onDrop: () => void;
};

/** Takes the majority for many at once, with what speaks for it; one undo takes it back. */
export function MajorityBar({ items, isSelection, options, onTake, onDecideAll, onDrop }: MajorityBarProps) {
  const format = useFormat();
  const namesOf = useKeyNames();
  const majorities = items.flatMap(({ votes }) => majorityOf(votes) ?? []);
  const ties = items.length - majorities.length;
  if (items.length === 0) return null;
  const mean = majorities.reduce((sum, { share }) => sum + share, 0) / Math.max(1, majorities.length);
  return (
    <ActionBar label={isSelection ? "Selected disagreements" : "The next disagreements"}>
      {isSelection ? (
        <span className="tabular font-medium">{format.count(items.length)} selected</span>
      ) : null}
      <Button size="sm" disabled={majorities.length === 0} onClick={onTake}>
        {majorities.length === 0
          ? "Take the majority"
          : `Take the majority for ${isSelection ? "" : "the next "}${format.count(majorities.length)}`}{" "}
        <Kbd className="max-sm:hidden">{namesOf("work.rest")[0]}</Kbd>
      </Button>
      <span className="text-muted text-xs">
        {majorities.length > 0
          ? `on average ${format.share(mean)} of the votes`
          : isSelection
            ? "All of these are ties"
            : `The next ${format.counted(ties, "disagreement")} ${ties === 1 ? "is a tie" : "are ties"}`}
        {majorities.length > 0 && ties > 0
          ? `, ${format.count(ties)} ${ties === 1 ? "tie stays" : "ties stay"} open`
          : ""}
      </span>
      {isSelection ? (
        <>
          <OptionMenu trigger={<Button size="sm">Set to…</Button>} options={options} onChoose={onDecideAll} />
          <ClearSelectionButton onClear={onDrop} />
        </>
      ) : (
        majorities.length > 0 && (
          <span className="text-faint text-xs max-sm:hidden">One undo takes it back.</span>
        )
      )}
    </ActionBar>
  );
}
