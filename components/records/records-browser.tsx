"use client";

import { useCallback, useMemo, useRef, useState } from "react";
import { useBulkEnds } from "@/components/bulk/use-bulk-runs";
import { useNamesApart } from "@/components/labelling/use-names-apart";
import { describeQuery } from "@/components/query/describe-query";
import { printQuery } from "@/components/query/query-text";
import { printRecordsAddress } from "@/components/query/records-address";
import { Button } from "@/components/ui/button";
import { useFormat } from "@/components/ui/figure";
import { Notice } from "@/components/ui/notice";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { toast } from "@/components/ui/toaster";
import type { Sort } from "@/components/ui/virtual-table";
import type { Query } from "@/contracts/query";
import type { Subset } from "@/contracts/subsets";
import type { ColumnView } from "@/contracts/views";
import { ChosenActions } from "./chosen-actions";
import { ColumnsButton, SharedView } from "./columns-button";
import { recordColumns } from "./record-columns";
import { RecordDrawer } from "./record-drawer";
import { sortKeys, sortsAfter, tableSorts } from "./record-sorts";
import { RecordsActions } from "./records-actions";
import { useRecordsView } from "./records-context";
import { RecordsTable } from "./records-table";
import { type QueryPanel, RecordsToolbar } from "./records-toolbar";
import { SaveSubsetDialog } from "./save-subset-dialog";
import { useChoice } from "./use-choice";
import { useColumns } from "./use-columns";
import { useRecords } from "./use-records";
import { useRecordsAddress } from "./use-records-address";
import { useRecordsKeys } from "./use-records-keys";
import { VerifyDialog } from "./verify-dialog";

type RecordsBrowserProps = {
  /** How the reader kept the columns. */
  kept: ColumnView | null;
  subsets: readonly Subset[];
  onSubsetsChanged: () => void;
};

/** Search, table and drawer; what is asked and what is open stand in the address. */
export function RecordsBrowser({ kept, subsets, onSubsetsChanged }: RecordsBrowserProps) {
  const { project, vocabulary, may } = useRecordsView();
  const { address, change } = useRecordsAddress();
  const { query, sort, recordId, problems } = address;
  const [problem] = problems;
  const list = useRecords({
    project: project.slug,
    query,
    sort,
    enabled: problem === undefined,
  });
  const total = problem || list.problem || list.isPending ? undefined : list.count;
  const { chosen, choice, clear, chooseAll } = useChoice(list, printQuery(query));
  const arranged = useColumns({
    kept,
    shared: address.view,
    onShared: (view) => change({ view }),
  });
  const [panel, setPanel] = useState<QueryPanel>(null);
  const [dialog, setDialog] = useState<"save" | "verify" | null>(null);
  const keywordRef = useRef<HTMLInputElement>(null);
  const wide = list.count > 99_999;
  const nameOf = useNamesApart(vocabulary.annotators);
  const columns = useMemo(() => recordColumns(vocabulary, nameOf, wide), [vocabulary, nameOf, wide]);
  const sorts = useMemo(() => tableSorts(sort), [sort]);
  const format = useFormat();
  const maySave = may("subsets:write");
  const save = useMemo(() => (maySave ? () => setDialog("save") : null), [maySave]);
  const focusKeyword = useCallback(() => keywordRef.current?.focus(), []);
  const toggleBuilder = useCallback(() => setPanel((now) => (now === "builder" ? null : "builder")), []);
  useRecordsKeys({ focusKeyword, toggleBuilder, save });
  useBulkEnds(project.slug, list.reload);

  const at = recordId ? list.indexOf(recordId) : -1;
  const stepTo = (index: number) => {
    const row = list.rowAt(index);
    if (!row) return undefined;
    // A key that follows Esc closely finds the drawer still there: it stays closed.
    return () => change((now) => (now.recordId === null ? {} : { recordId: row.id }));
  };
  const ask = (next: Query | null) => change({ query: next });
  const onSort = ({ id }: Sort, also: boolean) => {
    const firstDescending = columns.find((column) => column.id === id)?.numeric === true;
    change((now) => ({
      sort: sortKeys(sortsAfter(tableSorts(now.sort), { id, also, firstDescending })),
    }));
  };
  const told = (subset: Subset) => {
    onSubsetsChanged();
    toast(`Saved ${subset.name} with ${format.counted(subset.count, "record")}`, {
      action: { label: "Open", onClick: () => ask({ subset: subset.id }) },
    });
  };
  return (
    <>
      <PageHeader
        title="Records"
        meta={total === undefined ? null : `${format.count(total)}${list.countExact ? "" : " or more"}`}
        actions={
          <RecordsActions
            query={query}
            isAsked={!problem}
            isEmpty={query === null && total === 0}
            onVerify={() => setDialog("verify")}
          />
        }
      />
      <PageBody layout="fill">
        <RecordsToolbar
          query={query}
          wrongText={problem ? address.text : undefined}
          onQuery={ask}
          panel={problem ? "text" : panel}
          onPanel={setPanel}
          keywordRef={keywordRef}
          columns={<ColumnsButton columns={columns} arranged={arranged} address={address} />}
          subsets={subsets}
          onSubsetsChanged={onSubsetsChanged}
          onSubsetDeleted={(subset) => {
            if (query && "subset" in query && query.subset === subset.id) ask(null);
            onSubsetsChanged();
          }}
          onSave={() => setDialog("save")}
        />
        {arranged.isShared ? <SharedView arranged={arranged} /> : null}
        {problem ? (
          <Notice
            tone="bad"
            title="The query in the address can't be asked"
            className="m-4"
            action={<Button onClick={() => ask(null)}>Show every record</Button>}
          >
            What is wrong is marked above.
          </Notice>
        ) : (
          <RecordsTable
            list={list}
            columns={columns}
            columnState={arranged.state}
            sorts={sorts}
            onSort={onSort}
            listKey={printRecordsAddress({ query, sort })}
            recordId={recordId}
            onOpen={({ id }) => change({ recordId: id })}
            onMove={(id) => change({ recordId: id })}
            choice={choice}
            searched={query !== null}
            onShowAll={() => ask(null)}
          />
        )}
        {choice.any ? (
          <ChosenActions
            chosen={chosen}
            query={query}
            list={list}
            subsets={subsets}
            onChooseAll={chooseAll}
            onClear={clear}
            onSaved={told}
          />
        ) : null}
      </PageBody>
      {recordId ? (
        <RecordDrawer
          recordId={recordId}
          row={at >= 0 ? list.rowAt(at) : undefined}
          onStep={{
            before: at > 0 ? stepTo(at - 1) : undefined,
            after: at >= 0 ? stepTo(at + 1) : undefined,
          }}
          onClose={() => change({ recordId: null })}
          onSimilar={() => change({ query: { similarTo: { recordId, limit: 50 } }, recordId: null })}
          refreshRows={list.refresh}
        />
      ) : null}
      {dialog === "save" ? (
        <SaveSubsetDialog
          source={{ query, sort, total: list.countExact ? total : undefined }}
          onClose={() => setDialog(null)}
          onSaved={(subset) => {
            setDialog(null);
            told(subset);
          }}
        />
      ) : null}
      {dialog === "verify" ? (
        <VerifyDialog query={query} what={describeQuery(query, vocabulary)} onClose={() => setDialog(null)} />
      ) : null}
    </>
  );
}
