"use client";

import { useMemo, useRef, useState } from "react";
import { ReasonField } from "@/components/labelling/reason-field";
import { usePlace } from "@/components/labelling/use-place";
import { useSpanBrush } from "@/components/spans/use-span-brush";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { takenByActions } from "@/components/ui/keys/key-actions";
import { useKeys } from "@/components/ui/keys/keys-context";
import { PageBody } from "@/components/ui/page-body";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { Work } from "@/contracts/annotating";
import type { Project } from "@/contracts/projects";
import { AllLabelled } from "./all-labelled";
import type { WorkFilter } from "./annotate-address";
import { AnnotateProvider } from "./annotate-context";
import { AnnotateFocus } from "./annotate-focus";
import { AnnotateHeader, WorkProgressLine } from "./annotate-header";
import { AnnotateNotices } from "./annotate-notices";
import { AnnotateTable } from "./annotate-table";
import { AnnotateToolbar } from "./annotate-toolbar";
import { useAnswers } from "./answers/use-answers";
import { RecordNotes, useRecordNotes } from "./record-notes";
import { SelectionBar } from "./selection-bar";
import { useAnnotateAddress } from "./use-annotate-address";
import { useAnnotateKeys } from "./use-annotate-keys";
import { useLabelling } from "./use-labelling";
import { useRowsAhead, useWorkRows } from "./use-work-rows";
import type { WhichWork } from "./which-work";
import { isOpen, workLabels } from "./work-labels";
import { workProgress } from "./work-progress";

export type AnnotateScreenProps = {
  project: Project;
  me: { id: string };
  which: WhichWork;
  /** As it was when the page was opened. */
  work: Work;
};

/** One person labels records: a table or one record at a time, all by keyboard, kept as they go. */
export function AnnotateScreen({ project, me, which, work }: AnnotateScreenProps) {
  const { address, change } = useAnnotateAddress();
  const { state, keyword, view } = address;
  const filter = useMemo((): WorkFilter => ({ state, keyword }), [state, keyword]);
  const list = useWorkRows(project.slug, which, filter);
  const { rows } = list;
  const answers = useAnswers({ project, me, records: rows, which });
  const { now: keys } = useKeys();
  const labels = useMemo(() => workLabels(work, takenByActions(keys)), [work, keys]);
  const spanLabels = useMemo(() => labels.filter(({ level }) => level === "span"), [labels]);
  const brush = useSpanBrush(spanLabels);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const clearSelection = () => setSelected(new Set());
  const ids = useMemo(() => rows.map(({ id }) => id), [rows]);
  const [focusedId, focus] = usePlace(address.at ?? null, ids, (at) => change({ at }));
  const keywordRef = useRef<HTMLInputElement>(null);
  const reasonRef = useRef<HTMLInputElement>(null);
  const labelling = useLabelling({
    answers,
    rows,
    labels,
    focusedId,
    focus,
    selected,
    clearSelection,
    takeBrush: (label, value) => brush.onBrush({ label, value }),
  });
  const at = focusedId === null ? -1 : ids.indexOf(focusedId);
  const record = rows[at] ?? rows[0];
  useRowsAhead(list, at);
  const notes = useRecordNotes({
    recordIds: ids,
    recordId: record?.id ?? null,
    show: () => change({ view: "focus" }),
  });
  useAnnotateKeys({
    labels,
    labelling,
    toggleView: () => change({ view: view === "table" ? "focus" : "table" }),
    toggleSelected: () => {
      if (!focusedId || answers.readOnly) return;
      const next = new Set(selected);
      if (!next.delete(focusedId)) next.add(focusedId);
      setSelected(next);
    },
    clearSelection,
    focusFilter: () => keywordRef.current?.focus(),
    askReason: () => {
      labelling.askReason();
      // The field may only now come.
      setTimeout(() => reasonRef.current?.focus());
    },
  });

  const progress = workProgress(answers.progress ?? work.progress, labels, answers.touched, answers.answerOf);
  const settled = rows.filter(({ id }) => {
    const open = isOpen(id, labels, answers.answerOf);
    return state === "todo" ? !open : state === "done" ? open : false;
  }).length;
  const isLoaded = !list.isLoading && !list.after.hasMore;
  const allDone =
    state === "todo" && isLoaded && settled === rows.length && progress.done >= progress.records;
  const { active, draft } = labelling;
  const context = {
    labels,
    answers,
    draft,
    active: active ? { recordId: selected.size > 0 ? null : focusedId, label: active.name } : null,
  };
  const empty = (
    <EmptyState title={keyword ? "No record has these words" : "No record is in this state"}>
      Change the filter above to see others.
    </EmptyState>
  );
  return (
    <AnnotateProvider value={context}>
      <AnnotateHeader
        project={project}
        work={work}
        view={view}
        onViewChange={(next) => change({ view: next })}
      />
      <PageBody layout="fill">
        <WorkProgressLine work={work} progress={progress} />
        <AnnotateNotices rows={rows} />
        <AnnotateToolbar
          filter={filter}
          progress={progress}
          onChange={(part) => {
            clearSelection();
            change({ ...part, at: undefined });
          }}
          keywordRef={keywordRef}
          settled={settled}
          onReload={list.reload}
        />
        {list.failed ? (
          <ErrorState what="The records did not load" why={list.failed} onRetry={list.reload} />
        ) : list.isLoading ? (
          <SkeletonRows label="Loading records" />
        ) : allDone && keyword === undefined ? (
          <AllLabelled
            project={project}
            work={work}
            records={progress.records}
            onLookThrough={() => {
              focus(null);
              change({ state: "done", at: undefined });
            }}
          />
        ) : view === "table" ? (
          <AnnotateTable
            list={list}
            labels={labels}
            listKey={JSON.stringify(filter)}
            focusedId={focusedId}
            onFocusChange={focus}
            onConfirm={labelling.confirmRow}
            selection={answers.readOnly ? undefined : { selected, onChange: setSelected }}
            empty={empty}
          />
        ) : record ? (
          <AnnotateFocus
            record={record}
            place={Math.max(0, at) + 1}
            total={list.total}
            labelling={labelling}
            brush={brush}
            notes={<RecordNotes key={`notes ${record.id}`} recordId={record.id} notes={notes} />}
          />
        ) : (
          empty
        )}
        {labelling.doubted && !answers.readOnly && selected.size === 0 ? (
          <ReasonField
            key={labelling.doubted.id}
            item={labelling.doubted}
            inputRef={reasonRef}
            onExplain={labelling.explain}
          />
        ) : null}
        <SelectionBar selected={selected.size} labelling={labelling} onClearSelection={clearSelection} />
      </PageBody>
    </AnnotateProvider>
  );
}
