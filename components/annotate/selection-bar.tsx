"use client";

import { ActionBar } from "@/components/labelling/action-bar";
import { ClearSelectionButton } from "@/components/labelling/clear-selection-button";
import { OptionMenu } from "@/components/labelling/option-menu";
import { Button } from "@/components/ui/button";
import { useFormat } from "@/components/ui/figure";
import { Select } from "@/components/ui/select";
import { useAnnotateView } from "./annotate-context";
import type { Labelling } from "./use-labelling";

type SelectionBarProps = { selected: number; labelling: Labelling; onClearSelection: () => void };

/** Labels many records at once, each with the same; undone as one. */
export function SelectionBar({ selected, labelling, onClearSelection }: SelectionBarProps) {
  const format = useFormat();
  const { labels } = useAnnotateView();
  const ofRecords = labels.filter(({ level }) => level === "record");
  const { active } = labelling;
  if (selected === 0) return null;
  return (
    <ActionBar label="Selected records">
      <span className="tabular font-medium">{format.count(selected)} selected</span>
      {ofRecords.length === 0 || !active ? (
        <span className="text-muted">Spans are marked one text at a time.</span>
      ) : (
        <>
          {ofRecords.length > 1 ? (
            <Select
              aria-label="Label"
              className="w-40"
              value={active.name}
              options={ofRecords.map(({ name }) => ({ value: name, label: name }))}
              onValueChange={labelling.pick}
            />
          ) : null}
          <OptionMenu
            keyed
            trigger={
              <Button size="sm" variant="primary">
                Label {format.counted(selected, "record")}…
              </Button>
            }
            options={active.options}
            onChoose={(value) => labelling.choose(value)}
          />
          <Button size="sm" onClick={labelling.doubt}>
            Can't tell
          </Button>
          <Button size="sm" onClick={labelling.clear}>
            Clear labels
          </Button>
        </>
      )}
      <ClearSelectionButton onClear={onClearSelection} />
    </ActionBar>
  );
}
