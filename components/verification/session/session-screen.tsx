"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { optionLooks } from "@/components/labelling/label-options";
import { ReasonField } from "@/components/labelling/reason-field";
import { usePlace } from "@/components/labelling/use-place";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { takenByActions } from "@/components/ui/keys/key-actions";
import { useKeys } from "@/components/ui/keys/keys-context";
import { PageBody } from "@/components/ui/page-body";
import { SkeletonRows } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";
import { useSameList } from "@/components/ui/use-same-list";
import { useSteady } from "@/components/ui/use-steady";
import { useLiveSession } from "@/components/verification/live/use-live-session";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { Session, SessionItemFilter } from "@/contracts/sessions";
import { useTRPC } from "@/trpc/client";
import { useActiveTime } from "./active-time/use-active-time";
import { BulkBar } from "./bulk-bar";
import { currentVerdict, isBlindElsewhere } from "./current-verdict";
import { DecisionTable } from "./decision-table";
import { SessionDiscussionProvider } from "./discussion/session-discussion";
import { FilterBar } from "./filters/filter-bar";
import { FocusView } from "./focus-view";
import { groupByPlace, nearPositions } from "./places";
import { ReadingPane } from "./reading-pane";
import { type RowFilter, rowFilterOf, sortAfter, textQueryOf } from "./session-address";
import { SessionProvider, type SessionView } from "./session-context";
import { SessionHeader, SessionProgress } from "./session-header";
import { SessionNotices } from "./session-notices";
import { SpanFocusView } from "./spans/span-focus-view";
import { useSpanWork } from "./spans/use-span-work";
import { MatchProvider } from "./text-match/match-context";
import { useDecisions } from "./use-decisions";
import { type Begun, useCalledApart, useJobNames, useNames } from "./use-names";
import { useNextFree } from "./use-next-free";
import { useSessionAddress } from "./use-session-address";
import { useSessionKeys } from "./use-session-keys";
import { useSessionNews } from "./use-session-news";
import { useSessionRows } from "./use-session-rows";
import { WhereBlindProvider } from "./where-blind-context";

type Named = { id: string; name: string };

export type SessionScreenProps = {
  /** Slug. */
  project: string;
  session: Session;
  /** The session's label in the schema version that the session froze. */
  label: LabelDefinition;
  me: Named;
  /** Whose decisions may show up: their names. */
  people: readonly Begun[];
  jobs: readonly Begun[];
  canVerify: boolean;
  canManage: boolean;
};

/** Several people verify one job's labels together: a table or one record at a time, all by keyboard. */
export function SessionScreen(props: SessionScreenProps) {
  const { project, label, me, canVerify, canManage } = props;
  const people = useCalledApart(props.people);
  const jobs = useCalledApart(props.jobs);
  const trpc = useTRPC();
  const { data: session } = useQuery(
    trpc.sessions.get.queryOptions(
      { project, id: props.session.id },
      { initialData: props.session, staleTime: Number.POSITIVE_INFINITY },
    ),
  );
  useSessionNews(project, session.id);
  const { address, change } = useSessionAddress();
  const filterKey = JSON.stringify(rowFilterOf(address));
  // The place is in the address too: a step to another row is no other filter.
  const filter = useMemo((): RowFilter => JSON.parse(filterKey), [filterKey]);
  const textQuery = useMemo(() => textQueryOf(filter), [filter]);
  const list = useSessionRows({
    project,
    sessionId: session.id,
    positions: session.rooms.length * session.chunkSize,
    filter,
  });
  const live = useLiveSession({ session, me, canVerify });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const ids = useSameList(useMemo(() => list.rows.map(({ annotationId }) => annotationId), [list.rows]));
  const [focusedId, focus] = usePlace(address.at ?? null, ids, (at) => change({ at }));
  const wordsRef = useRef<HTMLInputElement>(null);
  const reasonRef = useRef<HTMLInputElement>(null);
  const keys = useKeys().now;
  const options = useMemo(() => optionLooks(label, takenByActions(keys)), [label, keys]);
  const multi = label.multi === true;
  const severalJobs = session.jobIds.length > 1;

  const nameOf = useNames({ me, people, peers: live.peers, rows: list.rows });
  const jobNameOf = useJobNames(jobs);
  const peersAt = useMemo(() => groupByPlace(live.peers, me.id, nameOf), [live.peers, me.id, nameOf]);

  const clearSelection = () => setSelected(new Set());
  const takeTime = useActiveTime(focusedId);
  const rowDecisions = useDecisions({
    live,
    rows: list.rows,
    focusedId,
    selected,
    clearSelection,
    focus,
    multi,
    nameOf,
    takeTime,
  });
  const isAboutSpans = label.level === "span";
  const spanLabel = useMemo(() => ({ name: label.name, multi, options }), [label.name, multi, options]);
  const spanWork = useSpanWork({
    project,
    sessionId: session.id,
    label: spanLabel,
    enabled: isAboutSpans,
    rows: list.rows,
    isBulk: selected.size > 0,
    focus,
    live,
    decisions: rowDecisions,
    takeTime,
    me,
    nameOf,
    jobNameOf,
  });
  const { decisions } = spanWork;
  const { takeNext, whenThere } = useNextFree({
    project,
    sessionId: session.id,
    rows: list.rows,
    after: {
      ...list.after,
      loading: list.isLoading || list.after.loading,
      failed: list.failed ?? list.after.failed,
    },
    focusedId,
    focus,
  });
  // Alone there is nobody to step aside for.
  const isShared = peersAt.size > 0 && !live.readOnly;
  const view = address.view;
  const toggleView = () => change({ view: view === "table" ? "focus" : "table" });
  const changeView = useSteady((next: typeof view) => change({ view: next }));
  const changeFilter = useSteady((part: Partial<SessionItemFilter>) => {
    clearSelection();
    change(part);
  });
  const reload = useSteady(list.reload);
  useSessionKeys({
    options,
    decisions,
    whenThere,
    ...(isAboutSpans && selected.size === 0 ? { remove: spanWork.remove } : {}),
    // In an independent session others count too, though nobody sees them.
    goNext: isShared || session.mode === "independent" ? takeNext : decisions.goNextUndecided,
    toggleView,
    toggleSelected: () => {
      if (!focusedId || live.readOnly) return;
      const next = new Set(selected);
      if (!next.delete(focusedId)) next.add(focusedId);
      setSelected(next);
    },
    clearSelection,
    focusFilter: () => wordsRef.current?.focus(),
    askReason: () => {
      if (decisions.askReason()) requestAnimationFrame(() => reasonRef.current?.focus());
      else toast("A reason belongs to a label that was marked as can't tell: press 0 first");
    },
  });

  const { lookAt, showPositions } = live;
  useEffect(() => lookAt(focusedId, view), [lookAt, focusedId, view]);
  const positions = useMemo(
    () => nearPositions(list.rows, focusedId, session.chunkSize),
    [list.rows, focusedId, session.chunkSize],
  );
  useEffect(() => showPositions(positions), [showPositions, positions]);

  const { rest, between } = decisions.left();
  const settled =
    filter.state === "unverified"
      ? list.rows.filter((item) => currentVerdict(item, live.verdictOf(item.annotationId)) !== null).length
      : 0;
  const context: SessionView = { options, live, draft: decisions.draft, me, nameOf, jobNameOf, peersAt };
  const empty =
    session.counts.total === 0 ? (
      <EmptyState title="No labels in this session">
        The job and the query it was made from have no label in common.
      </EmptyState>
    ) : (
      <EmptyState title="No label matches">Change the filter, or show all labels of the session.</EmptyState>
    );
  const at = list.rows.findIndex((row) => row.annotationId === focusedId);
  const item = list.rows[at] ?? list.rows[0];
  return (
    <SessionProvider value={context}>
      <WhereBlindProvider project={project} here={session} enabled={list.rows.some(isBlindElsewhere)}>
        <MatchProvider query={textQuery}>
          <SessionDiscussionProvider
            sessionId={session.id}
            label={label.name}
            rows={list.rows}
            item={item}
            view={view}
          >
            <SessionHeader
              project={project}
              session={session}
              label={label}
              view={view}
              onViewChange={changeView}
              canManage={canManage}
            />
            <PageBody layout="fill" className="relative">
              <SessionProgress session={session} />
              <SessionNotices session={session} canVerify={canVerify} />
              <FilterBar
                filter={filter}
                options={options}
                onChange={changeFilter}
                people={people}
                wordsRef={wordsRef}
                settled={settled}
                onReload={reload}
              />
              {list.failed ? (
                <ErrorState
                  what="The labels of this session did not load"
                  why={list.failed}
                  onRetry={list.reload}
                />
              ) : list.isLoading ? (
                <SkeletonRows label="Loading labels" />
              ) : view === "table" ? (
                <DecisionTable
                  list={list}
                  filter={filter}
                  onSort={() => change(({ sort }) => ({ sort: sortAfter(sort) }))}
                  severalJobs={severalJobs}
                  multi={multi}
                  focusedId={focusedId}
                  onFocusChange={focus}
                  onConfirm={decisions.confirmRow}
                  selection={live.readOnly ? undefined : { selected, onChange: setSelected }}
                  empty={empty}
                />
              ) : item && isAboutSpans ? (
                <SpanFocusView item={item} place={Math.max(0, at) + 1} total={list.total} work={spanWork} />
              ) : item ? (
                <FocusView
                  item={item}
                  place={Math.max(0, at) + 1}
                  total={list.total}
                  severalJobs={severalJobs}
                  multi={multi}
                  decisions={decisions}
                />
              ) : (
                empty
              )}
              {view === "table" && item ? <ReadingPane item={item} /> : null}
              {decisions.unexplained && !live.readOnly && selected.size === 0 ? (
                <ReasonField
                  key={decisions.unexplained.annotationId}
                  item={decisions.unexplained}
                  inputRef={reasonRef}
                  onExplain={(reason) =>
                    decisions.unexplained && decisions.explain(decisions.unexplained, reason)
                  }
                />
              ) : canVerify && !live.readOnly ? (
                <BulkBar
                  besideDecision={view === "focus"}
                  selected={selected.size}
                  rest={rest}
                  between={between}
                  partial={list.after.hasMore}
                  options={options}
                  decisions={decisions}
                  onClearSelection={clearSelection}
                />
              ) : null}
            </PageBody>
          </SessionDiscussionProvider>
        </MatchProvider>
      </WhereBlindProvider>
    </SessionProvider>
  );
}
