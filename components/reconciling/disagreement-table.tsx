"use client";

import { AvatarStack } from "@/components/ui/avatar-stack";
import { Status } from "@/components/ui/badge";
import { personColor } from "@/components/ui/person-color";
import {
  type RowDecoration,
  type Selection,
  type VirtualColumn,
  VirtualTable,
} from "@/components/ui/virtual-table";
import type { Disagreement } from "@/contracts/reconciliations";
import { FinalChips } from "./final-chips";
import { useReconciling } from "./reconcile-context";
import type { Disagreements } from "./use-disagreements";
import { VoteBar } from "./vote-bar";
import { placeKey } from "./vote-tally";

type DisagreementTableProps = {
  list: Disagreements;
  listKey: string;
  focusedId: string | null;
  onFocusChange: (place: string) => void;
  /** Undefined for who may not decide. */
  selection: Selection | undefined;
};

type CellProps = { item: Disagreement };

/** The disagreements as rows: the text, how the votes fall, and what is decided, changing in place. */
export function DisagreementTable({
  list,
  listKey,
  focusedId,
  onFocusChange,
  selection,
}: DisagreementTableProps) {
  const { lookers } = useReconciling();
  return (
    <VirtualTable
      label="Disagreements"
      columns={columns}
      rows={list.rows}
      rowId={placeKey}
      total={list.total}
      after={list.after}
      listKey={listKey}
      focusedId={focusedId}
      onFocusChange={onFocusChange}
      opensOn="enter"
      autoFocus
      {...(selection ? { selection } : {})}
      decorate={(item) => decorationOf(item, lookers.get(placeKey(item))?.[0]?.id)}
    />
  );
}

/** Who looks there holds the row's edge; else who decided it, whose decision glows once. */
function decorationOf(
  { reconciliation }: Disagreement,
  looker: string | undefined,
): RowDecoration | undefined {
  if (looker !== undefined) return { person: personColor(looker) };
  return reconciliation
    ? { person: personColor(reconciliation.by.id), glow: reconciliation.createdAt }
    : undefined;
}

const columns: readonly VirtualColumn<Disagreement>[] = [
  { id: "text", header: "Text", width: 140, minWidth: 120, grow: true, hideable: false, cell: textOf },
  { id: "votes", header: "Votes", width: 96, cell: (item) => <Votes item={item} /> },
  { id: "final", header: "Final value", width: 120, cell: (item) => <Final item={item} /> },
  { id: "here", header: "Here", width: 60, cell: (item) => <Here item={item} /> },
];

function textOf({ content, start, end }: Disagreement): string {
  return start === undefined ? content : [...content].slice(start, end).join("");
}

function Votes({ item }: CellProps) {
  return <VoteBar votes={item.votes} options={useReconciling().options} className="w-18" />;
}

function Final({ item }: CellProps) {
  const { finalOf, options } = useReconciling();
  const value = finalOf(item);
  if (value === undefined) return <span className="text-faint">open</span>;
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5">
      <FinalChips value={value} options={options} variant="filled" />
      {item.state === "changed" ? <Status tone="warn">votes changed</Status> : null}
    </span>
  );
}

function Here({ item }: CellProps) {
  const people = useReconciling().lookers.get(placeKey(item)) ?? [];
  return <AvatarStack label="Looking at this record" people={people} size="sm" max={2} />;
}
