"use client";

import { ActionBar } from "@/components/labelling/action-bar";
import { ClearSelectionButton } from "@/components/labelling/clear-selection-button";
import type { OptionLook } from "@/components/labelling/label-options";
import { OptionMenu } from "@/components/labelling/option-menu";
import { Button } from "@/components/ui/button";
import { useFormat } from "@/components/ui/figure";
import { Kbd } from "@/components/ui/kbd";
import { useKeyNames } from "@/components/ui/keys/keys-context";
import type { SessionItem } from "@/contracts/sessions";
import type { Decisions } from "./use-decisions";

type BulkBarProps = {
  /** The buttons for one record are on the screen too: on a phone they need the room. */
  besideDecision: boolean;
  selected: number;
  /** Undecided rows of the list as far as it is loaded. */
  rest: readonly SessionItem[];
  /** Undecided rows that can't be confirmed without a look: the jobs differ. */
  between: number;
  /** More rows exist than are loaded. */
  partial: boolean;
  options: readonly OptionLook[];
  decisions: Decisions;
  onClearSelection: () => void;
};

/** Acts on many rows at once: those selected, or the rest of the list. Undone as one. */
export function BulkBar(props: BulkBarProps) {
  const { besideDecision, selected, rest, between, partial, options, decisions, onClearSelection } = props;
  const format = useFormat();
  const [restKey] = useKeyNames()("work.rest");
  if (selected > 0)
    return (
      <ActionBar label="Selected rows">
        <span className="tabular font-medium">{format.count(selected)} selected</span>
        <Button size="sm" variant="primary" onClick={decisions.confirm}>
          Confirm
        </Button>
        <OptionMenu
          keyed
          trigger={<Button size="sm">Set to…</Button>}
          options={options}
          onChoose={decisions.choose}
        />
        <Button size="sm" onClick={decisions.doubt}>
          Can't tell
        </Button>
        <Button size="sm" onClick={decisions.clear}>
          Clear verdicts
        </Button>
        <ClearSelectionButton onClear={onClearSelection} />
      </ActionBar>
    );
  if (rest.length === 0 && between === 0) return null;
  const confident = rest.flatMap(({ conf }) => conf ?? []);
  const mean = confident.reduce((sum, conf) => sum + conf, 0) / confident.length;
  const facts = [
    `${format.count(rest.length)} ${rest.length === 1 ? "row" : "rows"}${partial ? " loaded" : ""}`,
    ...(confident.length > 0 ? [`mean conf ${format.decimal(mean)}`] : []),
  ];
  return (
    <ActionBar label="The rest of the list" className={besideDecision ? "max-sm:hidden" : undefined}>
      {rest.length > 0 ? (
        <>
          <Button size="sm" onClick={decisions.confirmRest}>
            Confirm the rest ({facts.join(", ")}) <Kbd className="max-sm:hidden">{restKey}</Kbd>
          </Button>
          <span className="text-faint text-xs max-sm:hidden">
            Counted apart from labels that were looked at one by one. One undo takes it back.
          </span>
        </>
      ) : null}
      {between > 0 ? (
        <span className="text-muted text-xs">
          {format.count(between)} {between === 1 ? "row" : "rows"} on which the jobs differ: one decision
          settles every job's label of a record.
        </span>
      ) : null}
    </ActionBar>
  );
}
