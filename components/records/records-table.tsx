"use client";

import { Button, ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { NoPermission } from "@/components/ui/no-permission";
import {
  type ColumnState,
  PagedTable,
  type RowChoice,
  type Sort,
  type VirtualColumn,
} from "@/components/ui/virtual-table";
import type { RecordRow } from "@/contracts/records";
import { PlaceLine } from "./place-line";
import { useRecordsView } from "./records-context";
import type { useRecords } from "./use-records";

type RecordsTableProps = {
  list: ReturnType<typeof useRecords>;
  columns: readonly VirtualColumn<RecordRow>[];
  columnState: ColumnState;
  sorts: readonly Sort[];
  onSort: (sort: Sort, also: boolean) => void;
  /** Changes with what is asked. */
  listKey: string;
  recordId: string | null;
  onOpen: (row: RecordRow) => void;
  /** The open record follows the row that has the keyboard. */
  onMove: (id: string) => void;
  choice: RowChoice;
  /** Something narrower than every record was asked for. */
  searched: boolean;
  onShowAll: () => void;
};

/** Rows drawn before it is known how many there are: the heads of the columns keep their place and the keyboard. */
const AWAITED = 30;
const idOf = ({ id }: RecordRow) => id;

/** The records found, as many as there are; or why there are none. */
export function RecordsTable(props: RecordsTableProps) {
  const { list, recordId, onMove } = props;
  if (list.problem) return <WhyNot problem={list.problem} onRetry={list.retry} onShowAll={props.onShowAll} />;
  return (
    <PagedTable
      label="Records"
      columns={props.columns}
      columnState={props.columnState}
      count={list.isPending ? AWAITED : list.count}
      countExact={list.countExact}
      busy={list.isPending}
      rowAt={list.rowAt}
      rowId={idOf}
      onSight={list.onSight}
      sorts={props.sorts}
      onSortChange={props.onSort}
      listKey={props.listKey}
      {...(recordId
        ? { focused: list.indexOf(recordId), onFocusChange: ({ id }: RecordRow) => onMove(id) }
        : {})}
      onOpen={props.onOpen}
      choice={props.choice}
      footer={(sight) => <PlaceLine list={list} sight={sight} />}
      empty={props.searched ? <NothingFound onShowAll={props.onShowAll} /> : <NoRecords />}
    />
  );
}

type WhyNotProps = {
  problem: NonNullable<ReturnType<typeof useRecords>["problem"]>;
  onRetry: () => void;
  onShowAll: () => void;
};

/** Why no record can be shown, and what to do. */
function WhyNot({ problem, onRetry, onShowAll }: WhyNotProps) {
  if (problem.code === "forbidden")
    return (
      <NoPermission title="You can't see these records">
        Reviewers, viewers and administrators can. Ask an administrator of the project for the role.
      </NoPermission>
    );
  if (problem.code === "query_too_slow")
    return (
      <EmptyState
        title="This search takes too long"
        action={
          <>
            <Button onClick={onRetry}>Search again</Button>
            <Button onClick={onShowAll}>Show every record</Button>
          </>
        }
      >
        Add a condition that leaves fewer records (a subset, a label, a metadata value), make a regular
        expression begin with plain letters, or take the sort away. Metadata that is compared or sorted by for
        the first time is being indexed: search again in a minute.
      </EmptyState>
    );
  if (problem.status === 422)
    return (
      <EmptyState
        title="This search can't be asked"
        action={<Button onClick={onShowAll}>Show every record</Button>}
      >
        {/_regex$/.test(problem.code) && problem.errors?.[0]
          ? `The regular expression ${problem.errors[0].message}.`
          : problem.detail}
      </EmptyState>
    );
  return <ErrorState what="The records did not load" why={problem.detail} onRetry={onRetry} />;
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
