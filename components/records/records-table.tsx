"use client";

import { Button, ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import {
  type ColumnState,
  type Selection,
  type Sort,
  type VirtualColumn,
  VirtualTable,
} from "@/components/ui/virtual-table";
import type { RecordRow } from "@/contracts/records";
import { problemOf } from "@/trpc/client";
import { useRecordsView } from "./records-context";
import type { useRecords } from "./use-records";

type RecordsTableProps = {
  found: ReturnType<typeof useRecords>["found"];
  rows: readonly RecordRow[];
  total: number | undefined;
  columns: readonly VirtualColumn<RecordRow>[];
  columnState: ColumnState;
  sort: Sort | undefined;
  onSort: (sort: Sort) => void;
  /** Changes with what is asked. */
  listKey: string;
  recordId: string | null;
  onOpen: (row: RecordRow) => void;
  /** The open record follows the row that has the keyboard. */
  onMove: (id: string) => void;
  selection: Selection;
  /** Something narrower than every record was asked for. */
  searched: boolean;
  onShowAll: () => void;
};

const idOf = ({ id }: RecordRow) => id;

/** The records found, as many as there are; or why there are none. */
export function RecordsTable(props: RecordsTableProps) {
  const { found, rows, sort, recordId } = props;
  if (found.isPending) return <SkeletonRows label="Loading records" rows={16} />;
  if (found.isError && rows.length === 0)
    return (
      <ErrorState
        what="The records did not load"
        why={problemOf(found.error).detail}
        onRetry={() => void found.refetch()}
      />
    );
  return (
    <VirtualTable
      label="Records"
      columns={props.columns}
      columnState={props.columnState}
      rows={rows}
      rowId={idOf}
      total={props.total}
      {...(sort ? { sort } : {})}
      onSortChange={props.onSort}
      listKey={props.listKey}
      {...(recordId ? { focusedId: recordId, onFocusChange: props.onMove } : {})}
      onOpen={props.onOpen}
      selection={props.selection}
      after={{
        hasMore: found.hasNextPage,
        loading: found.isFetchingNextPage,
        load: () => void found.fetchNextPage(),
        failed: found.isFetchNextPageError ? problemOf(found.error).detail : undefined,
      }}
      empty={props.searched ? <NothingFound onShowAll={props.onShowAll} /> : <NoRecords />}
    />
  );
}

const NothingFound = ({ onShowAll }: { onShowAll: () => void }) => (
  <EmptyState title="No record matches" action={<Button onClick={onShowAll}>Show every record</Button>}>
    Take a condition away, or search for less.
  </EmptyState>
);

function NoRecords() {
  const { project, may } = useRecordsView();
  if (project.role === "annotator")
    return (
      <EmptyState title="Nothing is assigned to you yet">
        Records appear here when somebody assigns a subset to you or opens a session to you.
      </EmptyState>
    );
  return (
    <EmptyState
      title="No records yet"
      action={
        may("records:import") ? (
          <ButtonLink variant="primary" href={`/p/${project.slug}/import`}>
            Import records
          </ButtonLink>
        ) : null
      }
    >
      A CSV or JSONL file becomes records: an id, a text, and any metadata.
    </EmptyState>
  );
}
