"use client";

import { useMutation } from "@tanstack/react-query";
import { Upload } from "lucide-react";
import { useRouter } from "next/navigation";
import { useMemo, useRef, useState } from "react";
import { describeQuery } from "@/components/query/describe-query";
import { printQuery } from "@/components/query/query-text";
import { printRecordsAddress } from "@/components/query/records-address";
import { Button, ButtonLink } from "@/components/ui/button";
import { useFormat } from "@/components/ui/figure";
import { Notice } from "@/components/ui/notice";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { toast } from "@/components/ui/toaster";
import { useColumnState } from "@/components/ui/virtual-table";
import type { Query } from "@/contracts/query";
import type { Subset } from "@/contracts/subsets";
import { problemOf, useTRPC } from "@/trpc/client";
import { recordColumns, sortKeys, tableSort } from "./record-columns";
import { RecordDrawer } from "./record-drawer";
import { useRecordsView } from "./records-context";
import { RecordsTable } from "./records-table";
import { type QueryPanel, RecordsToolbar } from "./records-toolbar";
import { SaveSubsetDialog } from "./save-subset-dialog";
import { SelectionBar } from "./selection-bar";
import { useLabelRecords } from "./use-label-records";
import { useRecords } from "./use-records";
import { useRecordsAddress } from "./use-records-address";
import { useRecordsKeys } from "./use-records-keys";
import { VerifyDialog } from "./verify-dialog";

type RecordsBrowserProps = { subsets: readonly Subset[]; onSubsetsChanged: () => void };

/** Search, table and drawer; what is asked and what is open stand in the address. */
export function RecordsBrowser({ subsets, onSubsetsChanged }: RecordsBrowserProps) {
  const { project, vocabulary, may } = useRecordsView();
  const { address, change } = useRecordsAddress();
  const { query, sort, recordId, problems } = address;
  const [problem] = problems;
  const { found, rows, total, totalExact, refresh } = useRecords({
    project: project.slug,
    query,
    sort,
    enabled: problem === undefined,
  });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [panel, setPanel] = useState<QueryPanel>(null);
  const [dialog, setDialog] = useState<"save" | "save-chosen" | "verify" | "verify-chosen" | null>(null);
  const keywordRef = useRef<HTMLInputElement>(null);
  const columnState = useColumnState("records");
  const columns = useMemo(() => recordColumns(vocabulary, total), [vocabulary, total]);
  const { label, write } = useLabelRecords(refresh);
  const format = useFormat();
  const runChosen = useRunAgent();
  const maySave = may("subsets:write");
  const save = useMemo(() => (maySave ? () => setDialog("save") : null), [maySave]);
  useRecordsKeys({
    focusKeyword: () => keywordRef.current?.focus(),
    toggleBuilder: () => setPanel((now) => (now === "builder" ? null : "builder")),
    save,
  });

  const at = rows.findIndex(({ id }) => id === recordId);
  const stepTo = (index: number) => {
    const row = rows[index];
    return row ? () => change({ recordId: row.id }) : undefined;
  };
  const ask = (next: Query | null) => {
    setSelected(new Set());
    change({ query: next });
  };
  const chosen = [...selected];
  const subsetQuery =
    query && "subset" in query ? `subset=${query.subset}` : `q=${encodeURIComponent(printQuery(query))}`;

  return (
    <>
      <PageHeader
        title="Records"
        meta={total === undefined ? null : `${format.count(total)}${totalExact ? "" : " or more"}`}
        actions={
          <>
            {may("sessions:write") ? (
              <Button className="max-sm:hidden" onClick={() => setDialog("verify")}>
                Verify
              </Button>
            ) : null}
            {may("jobs:run") ? (
              <ButtonLink className="max-sm:hidden" href={`/p/${project.slug}/jobs/new?${subsetQuery}`}>
                Run agent
              </ButtonLink>
            ) : null}
            {may("records:import") ? (
              <ButtonLink variant="primary" href={`/p/${project.slug}/import`}>
                <Upload aria-hidden />
                Import records
              </ButtonLink>
            ) : null}
          </>
        }
      />
      <PageBody layout="fill">
        <RecordsToolbar
          query={query}
          onQuery={ask}
          panel={panel}
          onPanel={setPanel}
          keywordRef={keywordRef}
          columns={columns}
          columnState={columnState}
          subsets={subsets}
          onSubsetDeleted={(subset) => {
            if (query && "subset" in query && query.subset === subset.id) ask(null);
            onSubsetsChanged();
          }}
          onSave={() => setDialog("save")}
        />
        {problem ? (
          <Notice
            tone="bad"
            title="The query in the address can't be asked"
            className="m-4"
            action={<Button onClick={() => ask(null)}>Show every record</Button>}
          >
            {problem.path} {problem.message}.
          </Notice>
        ) : (
          <RecordsTable
            found={found}
            rows={rows}
            total={totalExact ? total : undefined}
            columns={columns}
            columnState={columnState}
            sort={tableSort(sort)}
            onSort={(next) => change({ sort: sortKeys(next) })}
            listKey={printRecordsAddress({ query, sort })}
            recordId={recordId}
            onOpen={({ id }) => change({ recordId: id })}
            onMove={(id) => change({ recordId: id })}
            selection={{ selected, onChange: setSelected }}
            searched={query !== null}
            onShowAll={() => ask(null)}
          />
        )}
        {selected.size > 0 ? (
          <SelectionBar
            count={selected.size}
            busy={write.isPending}
            onLabel={(name, value, text) =>
              label(
                rows.filter(({ id }) => selected.has(id)),
                name,
                value,
                `${format.count(selected.size)} records: ${name} set to ${text}`,
              )
            }
            onSave={() => setDialog("save-chosen")}
            onRun={() => runChosen.mutate({ recordIds: chosen })}
            onVerify={() => setDialog("verify-chosen")}
            onClear={() => setSelected(new Set())}
          />
        ) : null}
      </PageBody>
      {recordId ? (
        <RecordDrawer
          recordId={recordId}
          row={rows[at]}
          onStep={{
            before: at > 0 ? stepTo(at - 1) : undefined,
            after: at >= 0 ? stepTo(at + 1) : undefined,
          }}
          onClose={() => change({ recordId: null })}
          refreshRows={refresh}
        />
      ) : null}
      {dialog === "save" || dialog === "save-chosen" ? (
        <SaveSubsetDialog
          source={dialog === "save" ? { query, sort, total } : { recordIds: chosen }}
          onClose={() => setDialog(null)}
          onSaved={(subset) => {
            setDialog(null);
            onSubsetsChanged();
            toast(`Saved ${subset.name} with ${format.count(subset.count)} records`, {
              action: { label: "Open", onClick: () => ask({ subset: subset.id }) },
            });
          }}
        />
      ) : null}
      {dialog === "verify" || dialog === "verify-chosen" ? (
        <VerifyDialog
          query={dialog === "verify" ? query : { ids: chosen }}
          what={
            dialog === "verify"
              ? describeQuery(query, vocabulary)
              : `${format.count(chosen.length)} chosen records`
          }
          onClose={() => setDialog(null)}
        />
      ) : null}
    </>
  );
}

/** Freezes the chosen records as a subset and goes on to the job that labels it. */
function useRunAgent() {
  const { project } = useRecordsView();
  const trpc = useTRPC();
  const router = useRouter();
  const create = useMutation(
    trpc.subsets.create.mutationOptions({
      onSuccess: ({ id }) => router.push(`/p/${project.slug}/jobs/new?subset=${id}`),
      onError: (error) => toast.error(problemOf(error).detail),
    }),
  );
  return {
    mutate: ({ recordIds }: { recordIds: string[] }) =>
      create.mutate({
        project: project.slug,
        name: `${recordIds.length} chosen records`,
        kind: "static",
        recordIds,
      }),
  };
}
