"use client";

import { Bookmark, Download, ListChecks, Play, SquarePen, Tag, Trash2, UserPlus, X } from "lucide-react";
import { optionLooks } from "@/components/labelling/label-options";
import { Button } from "@/components/ui/button";
import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/dropdown-menu";
import { useFormat } from "@/components/ui/figure";
import { IconButton } from "@/components/ui/icon-button";
import { OptionMark } from "@/components/ui/option-chip";
import type { BulkAction } from "@/contracts/bulk";
import type { Subset } from "@/contracts/subsets";
import { type Chosen, countChosen } from "./chosen";
import { useRecordsView } from "./records-context";
import type { useRecords } from "./use-records";

/** What a button of the bar opens. */
export type ChosenDialog = "save" | "sample" | "assign" | "verify" | "metadata" | "delete";

type SelectionBarProps = {
  chosen: Chosen;
  list: ReturnType<typeof useRecords>;
  subsets: readonly Subset[];
  busy: boolean;
  onBulk: (action: BulkAction) => void;
  onChooseAll: () => void;
  onClear: () => void;
  onOpen: (dialog: ChosenDialog) => void;
  /** One by one, on a page of its own. */
  onLabel: () => void;
  onRun: () => void;
  onExport: (kind: "records" | "annotations", format: "csv" | "jsonl") => void;
};

/** What can be done with the chosen records, and exactly how many they are. */
export function SelectionBar(props: SelectionBarProps) {
  const { chosen, list, busy, onBulk, onOpen } = props;
  const { may } = useRecordsView();
  const format = useFormat();
  const count = countChosen(chosen, list.count);
  const more = chosen.kind === "listed" && list.count > count;
  return (
    <div
      role="toolbar"
      aria-label="Chosen records"
      className="flex shrink-0 items-center gap-2 border-t bg-raised px-4 py-2 max-sm:overflow-x-auto sm:flex-wrap"
    >
      <span role="status" className="tabular shrink-0 font-medium">
        <ChosenCount chosen={chosen} list={list} />
      </span>
      {more ? (
        <Button variant="ghost" onClick={props.onChooseAll}>
          Choose all {format.count(list.count)}
          {list.countExact ? "" : " or more"}
        </Button>
      ) : null}
      {may("annotations:write") ? (
        <LabelMenu
          busy={busy}
          onBulk={onBulk}
          // Many records are told by a subset that is made of them.
          onLabel={may("subsets:write") ? props.onLabel : null}
        />
      ) : null}
      {may("subsets:write") ? (
        <SubsetMenu
          busy={busy}
          subsets={props.subsets}
          onAdd={(subsetId) => onBulk({ type: "addToSubset", subsetId })}
          onNew={() => onOpen("save")}
          onSample={() => onOpen("sample")}
        />
      ) : null}
      {may("assignments:write") ? (
        <Button onClick={() => onOpen("assign")}>
          <UserPlus aria-hidden />
          Assign
        </Button>
      ) : null}
      {may("jobs:run") ? (
        <Button onClick={props.onRun}>
          <Play aria-hidden />
          Run agent
        </Button>
      ) : null}
      {may("sessions:write") ? (
        <Button onClick={() => onOpen("verify")}>
          <ListChecks aria-hidden />
          Verify
        </Button>
      ) : null}
      {may("records:write") ? (
        <Button onClick={() => onOpen("metadata")}>
          <SquarePen aria-hidden />
          Set metadata
        </Button>
      ) : null}
      {may("export:read") ? <ExportMenu onExport={props.onExport} /> : null}
      {may("records:write") ? (
        <Button variant="danger" onClick={() => onOpen("delete")}>
          <Trash2 aria-hidden />
          Delete
        </Button>
      ) : null}
      <IconButton label="Choose none" keys="Esc" className="ml-auto" onClick={props.onClear}>
        <X aria-hidden />
      </IconButton>
    </div>
  );
}

function ChosenCount({ chosen, list }: Pick<SelectionBarProps, "chosen" | "list">) {
  const format = useFormat();
  const count = countChosen(chosen, list.count);
  const records = count === 1 ? "record" : "records";
  if (chosen.kind === "listed" || list.countExact) return `${format.count(count)} ${records} chosen`;
  if (list.counting) return "Every record of this search chosen, counting…";
  return `Every record of this search chosen: ${format.count(count)} or more`;
}

type LabelMenuProps = Pick<SelectionBarProps, "busy" | "onBulk"> & { onLabel: (() => void) | null };

/** Label them one by one; or a label for all of them, or none. */
function LabelMenu({ busy, onBulk, onLabel }: LabelMenuProps) {
  const { vocabulary } = useRecordsView();
  const labels = vocabulary.labels.filter(({ level }) => level === "record");
  if (vocabulary.labels.length === 0) return null;
  return (
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
      {onLabel ? <MenuItem onSelect={onLabel}>Label these one by one</MenuItem> : null}
      {labels.map((label) => (
        <div key={label.name}>
          <MenuLabel>{label.name}</MenuLabel>
          {optionLooks(label).map(({ value, text, color }) => (
            <MenuItem
              key={value}
              onSelect={() => onBulk({ type: "label", name: label.name, value: [value] })}
            >
              <OptionMark color={color} />
              {text}
            </MenuItem>
          ))}
          <MenuItem onSelect={() => onBulk({ type: "clearLabel", name: label.name })}>
            Clear my label
          </MenuItem>
        </div>
      ))}
    </DropdownMenu>
  );
}

type SubsetMenuProps = {
  busy: boolean;
  subsets: readonly Subset[];
  onAdd: (subsetId: string) => void;
  onNew: () => void;
  onSample: () => void;
};

function SubsetMenu({ busy, subsets, onAdd, onNew, onSample }: SubsetMenuProps) {
  // A live subset holds what its search finds, and a sample keeps the chances of its records.
  const frozen = subsets.filter(({ kind, sample }) => kind === "static" && !sample).slice(0, 50);
  return (
    <DropdownMenu
      align="start"
      side="top"
      trigger={
        <Button busy={busy}>
          <Bookmark aria-hidden />
          Add to subset
        </Button>
      }
    >
      <MenuItem onSelect={onNew}>New subset…</MenuItem>
      <MenuItem onSelect={onSample}>Sample of them…</MenuItem>
      {frozen.length > 0 ? <MenuSeparator /> : null}
      {frozen.map(({ id, name }) => (
        <MenuItem key={id} onSelect={() => onAdd(id)}>
          <span className="max-w-64 truncate">{name}</span>
        </MenuItem>
      ))}
    </DropdownMenu>
  );
}

function ExportMenu({ onExport }: Pick<SelectionBarProps, "onExport">) {
  return (
    <DropdownMenu
      align="start"
      side="top"
      trigger={
        <Button>
          <Download aria-hidden />
          Export
        </Button>
      }
    >
      <MenuItem onSelect={() => onExport("records", "csv")}>Records as CSV</MenuItem>
      <MenuItem onSelect={() => onExport("records", "jsonl")}>Records as JSONL</MenuItem>
      <MenuItem onSelect={() => onExport("annotations", "csv")}>Labels as CSV</MenuItem>
      <MenuItem onSelect={() => onExport("annotations", "jsonl")}>Labels as JSONL</MenuItem>
    </DropdownMenu>
  );
}
