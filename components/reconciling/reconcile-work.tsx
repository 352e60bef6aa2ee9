"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo, useRef, useState } from "react";
import { GuidelinesButton } from "@/components/labelling/guidelines-button";
import { optionLooks } from "@/components/labelling/label-options";
import { usePlace } from "@/components/labelling/use-place";
import { SaveStateLine } from "@/components/saving/save-state-line";
import { AvatarStack } from "@/components/ui/avatar-stack";
import { cn } from "@/components/ui/cn";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";
import { UnsavedChanges } from "@/components/ui/unsaved-changes";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { Project } from "@/contracts/projects";
import { roleAllows } from "@/contracts/roles";
import { useTRPC } from "@/trpc/client";
import { DisagreementPane } from "./disagreement-pane";
import { DisagreementTable } from "./disagreement-table";
import { MajorityBar } from "./majority-bar";
import { ReconcilingProvider } from "./reconcile-context";
import { ReconcileToolbar } from "./reconcile-toolbar";
import { useDisagreements } from "./use-disagreements";
import { useFinalDecisions } from "./use-final-decisions";
import { usePeopleHere } from "./use-people-here";
import { useReconcileActions } from "./use-reconcile-actions";
import type { ReconcileAddress } from "./use-reconcile-address";
import { useReconcileKeys } from "./use-reconcile-keys";
import { useWhoLooks } from "./use-who-looks";
import { placeKey } from "./vote-tally";

type ReconcileWorkProps = {
  project: Project;
  me: { id: string; name: string };
  labels: readonly LabelDefinition[];
  label: LabelDefinition;
  crumbs: readonly { label: string; href: string }[];
  address: ReconcileAddress;
  onChange: (part: Partial<ReconcileAddress>) => void;
};

/** The list of disagreements and the one that is looked at, side by side; what one decides the others see. */
export function ReconcileWork({ project, me, labels, label, crumbs, address, onChange }: ReconcileWorkProps) {
  const trpc = useTRPC();
  const mayDecide = roleAllows(project.role, "reconciliation:write");
  const options = useMemo(() => optionLooks(label), [label]);
  const list = useDisagreements(project.slug, label.name, address);
  const labellers = useQuery(
    trpc.compare.annotators.queryOptions(
      { project: project.slug, label: label.name },
      { enabled: label.level === "record" },
    ),
  );
  const places = useMemo(() => list.rows.map(placeKey), [list.rows]);
  const [focusedId, focus] = usePlace(address.at, places, (at) => onChange({ at }));
  const at = focusedId === null ? -1 : places.indexOf(focusedId);
  const item = list.rows[at];
  const decisions = useFinalDecisions({
    project: project.slug,
    label: label.name,
    takeAnswers: list.takeAnswers,
  });
  const looks = useWhoLooks({ project: project.slug, label: label.name, item, mayDecide, list });
  const [flagging, setFlagging] = useState(false);
  const noteRef = useRef<HTMLTextAreaElement>(null);
  const work = useReconcileActions({
    list,
    places,
    at,
    focus,
    decisions,
    multi: label.multi === true,
    mayDecide,
  });
  const { actions, selected, setSelected, chosen, note, rest } = work;
  useReconcileKeys({
    options,
    mayDecide,
    actions: {
      ...actions,
      editNote: () => noteRef.current?.focus(),
      flag: () => setFlagging(true),
    },
  });
  const { state, save, finalOf } = decisions;
  const { here, lookers, called } = usePeopleHere({ project: project.slug, me, looks });
  const context = useMemo(() => ({ options, finalOf, lookers, called }), [options, finalOf, lookers, called]);
  const isSelection = selected.size > 0;
  return (
    <ReconcilingProvider value={context}>
      <PageHeader
        crumbs={[...crumbs]}
        title="Reconcile"
        meta={<span className="max-sm:hidden">{label.name}</span>}
        actions={
          <>
            {mayDecide ? <SaveStateLine state={save} /> : null}
            <AvatarStack label="Here now" people={here} />
            <GuidelinesButton labels={[label]} />
          </>
        }
      />
      <UnsavedChanges active={state.pending.size > 0} what="Decisions that are not saved yet" />
      <ReconcileToolbar
        labels={labels}
        label={label}
        labellers={labellers.data?.items ?? []}
        address={address}
        counts={list.counts}
        onChange={(part) => {
          setSelected(new Set());
          onChange(part);
        }}
      />
      <PageBody layout="fill">
        {list.failed ? (
          <ErrorState what="The disagreements did not load" why={list.failed} onRetry={list.reload} />
        ) : list.isLoading ? (
          <SkeletonRows label="Loading disagreements" />
        ) : list.rows.length === 0 ? (
          <Nothing state={address.state} project={project.slug} />
        ) : (
          <div
            aria-busy={list.isStale}
            className={cn(
              "flex min-h-0 flex-1 max-lg:flex-col",
              list.isStale && "opacity-60 transition-opacity",
            )}
          >
            <div className="flex min-h-0 min-w-0 flex-col max-lg:h-48 max-lg:shrink-0 max-lg:border-b lg:w-5/12 lg:border-r">
              <DisagreementTable
                list={list}
                listKey={JSON.stringify([address.state, address.order, address.annotators, address.subset])}
                focusedId={focusedId}
                onFocusChange={focus}
                selection={mayDecide ? { selected, onChange: setSelected } : undefined}
              />
            </div>
            <div className="min-h-0 min-w-0 flex-1 overflow-y-auto">
              {item ? (
                <DisagreementPane
                  key={placeKey(item)}
                  item={item}
                  place={at + 1}
                  total={list.total}
                  label={{ name: label.name, multi: label.multi === true }}
                  options={options}
                  chosen={chosen}
                  decided={finalOf(item) !== undefined}
                  overtaken={state.overtaken.get(placeKey(item))}
                  mayDecide={mayDecide}
                  note={{ ...note, fieldRef: noteRef }}
                  lookers={lookers.get(placeKey(item)) ?? []}
                  flagging={flagging}
                  onFlaggingChange={setFlagging}
                  onChoose={actions.choose}
                  onSettle={actions.settle}
                  onNoLabel={work.decideNoLabel}
                  onTakeBack={actions.takeBack}
                  onSaveNote={work.saveNote}
                  goBy={actions.goBy}
                  goNextOpen={actions.goNextOpen}
                />
              ) : null}
            </div>
          </div>
        )}
        {mayDecide ? (
          <MajorityBar
            items={rest}
            isSelection={isSelection}
            options={options}
            onTake={actions.takeMajority}
            onDecideAll={work.decideSelected}
            onDrop={actions.drop}
          />
        ) : null}
      </PageBody>
    </ReconcilingProvider>
  );
}

function Nothing({ state, project }: { state: ReconcileAddress["state"]; project: string }) {
  if (state === "open")
    return (
      <EmptyState title="No open disagreement">
        Where two annotators differ on this label, it is listed here until somebody decides it.
      </EmptyState>
    );
  return (
    <EmptyState title={state === "changed" ? "No vote has changed since" : "Nothing is decided yet"}>
      Decisions that are made here become the final labels of project {project}.
    </EmptyState>
  );
}
