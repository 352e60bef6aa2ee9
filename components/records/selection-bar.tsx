"use client";

import { Bookmark, ListChecks, Play, Tag, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { DropdownMenu, MenuItem, MenuLabel } from "@/components/ui/dropdown-menu";
import { useFormat } from "@/components/ui/figure";
import { IconButton } from "@/components/ui/icon-button";
import { OptionMark } from "@/components/ui/option-chip";
import { optionLooks } from "@/components/verification/session/label-options";
import { useRecordsView } from "./records-context";

type SelectionBarProps = {
  count: number;
  busy: boolean;
  onLabel: (label: string, value: string[], text: string) => void;
  onSave: () => void;
  onRun: () => void;
  onVerify: () => void;
  onClear: () => void;
};

/** What can be done with the chosen records. */
export function SelectionBar({ count, busy, onLabel, onSave, onRun, onVerify, onClear }: SelectionBarProps) {
  const { vocabulary, may } = useRecordsView();
  const format = useFormat();
  const labels = vocabulary.labels.filter(({ level }) => level === "record");
  return (
    <div
      role="toolbar"
      aria-label="Chosen records"
      className="flex shrink-0 flex-wrap items-center gap-2 border-t bg-raised px-4 py-2"
    >
      <span className="tabular font-medium">
        {format.count(count)} {count === 1 ? "record" : "records"} chosen
      </span>
      {may("annotations:write") && labels.length > 0 ? (
        <DropdownMenu
          align="start"
          side="top"
          trigger={
            <Button busy={busy}>
              <Tag aria-hidden />
              Label
            </Button>
          }
        >
          {labels.map((label) => (
            <div key={label.name}>
              <MenuLabel>{label.name}</MenuLabel>
              {optionLooks(label).map(({ value, text, color }) => (
                <MenuItem key={value} onSelect={() => onLabel(label.name, [value], text)}>
                  <OptionMark color={color} />
                  {text}
                </MenuItem>
              ))}
              <MenuItem onSelect={() => onLabel(label.name, [], "nothing")}>Clear my label</MenuItem>
            </div>
          ))}
        </DropdownMenu>
      ) : null}
      {may("subsets:write") ? (
        <Button onClick={onSave}>
          <Bookmark aria-hidden />
          Save as subset
        </Button>
      ) : null}
      {may("jobs:run") ? (
        <Button onClick={onRun}>
          <Play aria-hidden />
          Run agent
        </Button>
      ) : null}
      {may("sessions:write") ? (
        <Button onClick={onVerify}>
          <ListChecks aria-hidden />
          Verify
        </Button>
      ) : null}
      <IconButton label="Choose none" keys="Esc" className="ml-auto" onClick={onClear}>
        <X aria-hidden />
      </IconButton>
    </div>
  );
}
