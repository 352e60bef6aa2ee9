"use client";

import { type ReactNode, useMemo } from "react";
import { type Selection, type VirtualColumn, VirtualTable } from "@/components/ui/virtual-table";
import type { WorkRecord } from "@/contracts/annotating";
import { AnswerCell } from "./answer-cell";
import type { WorkRows } from "./use-work-rows";
import type { WorkLabel } from "./work-labels";

type AnnotateTableProps = {
  list: WorkRows;
  labels: readonly WorkLabel[];
  /** Changes with the filter: the list starts from its top. */
  listKey: string;
  focusedId: string | null;
  onFocusChange: (recordId: string) => void;
  onConfirm: (record: WorkRecord) => void;
  selection: Selection | undefined;
  empty: ReactNode;
};

const idOf = ({ id }: WorkRecord) => id;

/** The records as rows: the text, and my answer about each label. */
export function AnnotateTable(props: AnnotateTableProps) {
  const { list, labels, listKey, focusedId, onFocusChange, onConfirm, selection, empty } = props;
  const columns = useMemo(() => columnsFor(labels), [labels]);
  return (
    <VirtualTable
      label="Records to label"
      columns={columns}
      rows={list.rows}
      rowId={idOf}
      total={list.total}
      after={list.after}
      listKey={listKey}
      focusedId={focusedId}
      onFocusChange={onFocusChange}
      onOpen={onConfirm}
      opensOn="enter"
      autoFocus
      {...(selection ? { selection } : {})}
      empty={empty}
    />
  );
}

function columnsFor(labels: readonly WorkLabel[]): VirtualColumn<WorkRecord>[] {
  return [
    {
      id: "text",
      header: "Text",
      cell: ({ content }) => content,
      grow: true,
      width: 200,
      minWidth: 200,
      hideable: false,
    },
    ...labels.map((label) => ({
      id: `label ${label.name}`,
      header: label.asked ? label.name : `${label.name} (optional)`,
      cell: ({ id }: WorkRecord) => <AnswerCell recordId={id} label={label} />,
      width: widthOf(label),
    })),
  ];
}

/** Pixels of the widest option as a chip, within what a column may take. */
function widthOf({ name, options, multi, asked }: WorkLabel): number {
  const longest = Math.max(0, ...options.map(({ text }) => text.length));
  const chip = Math.min(180, Math.max(100, 46 + 6.5 * longest));
  return Math.max(chip * (multi ? 1.5 : 1), 24 + 7 * (name.length + (asked ? 0 : 11)));
}
