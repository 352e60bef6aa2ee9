"use client";

import { ActionBar } from "@/components/labelling/action-bar";
import { Button } from "@/components/ui/button";
import { DropdownMenu, MenuItem } from "@/components/ui/dropdown-menu";
import { useFormat } from "@/components/ui/figure";
import { Kbd } from "@/components/ui/kbd";
import { OptionMark } from "@/components/ui/option-chip";
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
          <DropdownMenu
            trigger={
              <Button size="sm" variant="primary">
                Label {format.count(selected)} records…
              </Button>
            }
            align="start"
            side="top"
          >
            {active.options.map((option) => (
              <MenuItem
                key={option.value}
                {...(option.key ? { keys: option.key.toUpperCase() } : {})}
                onSelect={() => labelling.choose(option.value)}
              >
                <OptionMark color={option.color} /> {option.text}
              </MenuItem>
            ))}
          </DropdownMenu>
          <Button size="sm" onClick={labelling.doubt}>
            Can't tell
          </Button>
          <Button size="sm" onClick={labelling.clear}>
            Clear labels
          </Button>
        </>
      )}
      <Button size="sm" variant="ghost" className="ml-auto" onClick={onClearSelection}>
        Drop selection <Kbd>Esc</Kbd>
      </Button>
    </ActionBar>
  );
}
