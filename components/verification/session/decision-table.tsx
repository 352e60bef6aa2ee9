"use client";

import { useMemo } from "react";
import type { OptionLook } from "@/components/labelling/label-options";
import { personColor } from "@/components/ui/person-color";
import { type Selection, type VirtualColumn, VirtualTable } from "@/components/ui/virtual-table";
import type { SessionItem } from "@/contracts/sessions";
import {
  AgentLabel,
  ItemConfidence,
  JobName,
  OtherLabels,
  PeersHere,
  VerdictAuthor,
  VerdictLabel,
} from "./cells";
import { isHidden } from "./current-verdict";
import { NotesCell } from "./discussion/item-discussion";
import type { RowFilter } from "./session-address";
import { useSessionView } from "./session-context";
import { ItemLine } from "./spans/span-line";
import type { useSessionRows } from "./use-session-rows";

type DecisionTableProps = {
  list: ReturnType<typeof useSessionRows>;
  filter: RowFilter;
  /** The head of the confidence, the one column that orders, was pressed. */
  onSort: () => void;
  severalJobs: boolean;
  /** Several options may hold at once. */
  multi: boolean;
  focusedId: string | null;
  onFocusChange: (annotationId: string) => void;
  onConfirm: (item: SessionItem) => void;
  /** Undefined where nothing can be done to rows. */
  selection: Selection | undefined;
  empty: React.ReactNode;
};

const idOf = (item: SessionItem) => item.annotationId;

/** The session as rows: the text, the agent's label, and what people made of it, changing in place. */
export function DecisionTable(props: DecisionTableProps) {
  const { list, filter, onSort, severalJobs, multi, focusedId, onFocusChange, onConfirm, selection, empty } =
    props;
  const { live, peersAt, options } = useSessionView();
  const chip = chipWidth(options) * (multi ? 1.5 : 1);
  const hides = list.rows.some((item) => item.blind || isHidden(item));
  const label = Math.max(chip + 26, hides ? HIDDEN_WIDTH : 0);
  const columns = useMemo(() => columnsFor(severalJobs, { chip, label }), [severalJobs, chip, label]);
  return (
    <VirtualTable
      label="Labels to verify"
      columns={columns}
      rows={list.rows}
      rowId={idOf}
      total={list.total}
      after={list.after}
      sort={{ id: "conf", descending: filter.sort === "-confidence" }}
      onSortChange={onSort}
      listKey={JSON.stringify(filter)}
      focusedId={focusedId}
      onFocusChange={onFocusChange}
      onOpen={onConfirm}
      opensOn="enter"
      autoFocus
      {...(selection ? { selection } : {})}
      decorate={(item) => {
        const [peer] = peersAt.get(item.annotationId) ?? [];
        const glow = live.recentByPeers.get(item.annotationId);
        const by = glow === undefined ? undefined : live.verdictOf(item.annotationId)?.by;
        const holder = peer?.user.id ?? by;
        return holder === undefined ? undefined : { person: personColor(holder), glow };
      }}
      empty={empty}
    />
  );
}

/** Pixels of the widest option as a chip, within what a column may take. */
function chipWidth(options: readonly OptionLook[]): number {
  const longest = Math.max(0, ...options.map(({ text }) => text.length));
  return Math.min(180, Math.max(76, 28 + 6.5 * longest));
}

/** "Hidden until you decide", or a label with "differs". */
const HIDDEN_WIDTH = 176;

/** Pixels of some fifty characters; beside the labels of other jobs, of some forty. */
const textWidth = (severalJobs: boolean): number => (severalJobs ? 300 : 360);

type Widths = { chip: number; label: number };

function columnsFor(severalJobs: boolean, { chip, label }: Widths): VirtualColumn<SessionItem>[] {
  return [
    {
      id: "text",
      header: "Text",
      cell: (item) => <ItemLine item={item} />,
      grow: true,
      width: textWidth(severalJobs),
      narrow: 200,
      hideable: false,
    },
    ...(severalJobs
      ? [
          {
            id: "job",
            header: "Job",
            cell: (item: SessionItem) => <JobName item={item} />,
            width: 130,
            narrow: 84,
          },
        ]
      : []),
    { id: "label", header: "Agent's label", cell: (item) => <AgentLabel item={item} />, width: label },
    {
      id: "conf",
      header: "Confidence",
      cell: (item) => <ItemConfidence item={item} />,
      width: 108,
      sortable: true,
    },
    ...(severalJobs
      ? [
          {
            id: "others",
            header: "Other jobs",
            cell: (item: SessionItem) => <OtherLabels item={item} />,
            width: 190,
            narrow: chip + 24,
          },
        ]
      : []),
    { id: "verdict", header: "Verdict", cell: (item) => <VerdictLabel item={item} />, width: chip + 62 },
    { id: "by", header: "By", cell: (item) => <VerdictAuthor item={item} />, width: 164, narrow: 48 },
    { id: "notes", header: "Notes", cell: (item) => <NotesCell item={item} />, width: 76, narrow: 60 },
    // Whoever is at a row has their colour at its edge, too.
    { id: "here", header: "Here", cell: (item) => <PeersHere item={item} />, width: 56, narrow: "hidden" },
  ];
}
