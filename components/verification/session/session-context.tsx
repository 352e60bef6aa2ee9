"use client";

import { createContext, type ReactNode, useContext, useMemo, useRef, useSyncExternalStore } from "react";
import type { OptionLook } from "@/components/labelling/label-options";
import type { LiveSession, LiveVerdict, PeerPresence } from "@/components/verification/live/types";
import type { SessionItem } from "@/contracts/sessions";
import { type CurrentVerdict, currentVerdict } from "./current-verdict";

/** The choice of several options that has been started for one item and not yet been decided. */
export type Draft = { annotationId: string; value: readonly string[] };

export type SessionView = {
  options: readonly OptionLook[];
  live: LiveSession;
  draft: Draft | null;
  me: { id: string; name: string };
  nameOf: (userId: string) => string;
  jobNameOf: (jobId: string) => string;
  peersAt: ReadonlyMap<string, PeerPresence[]>;
};

/** What stays the same while people decide, so that a row is drawn anew only when something of it changes. */
type RowView = Pick<SessionView, "options" | "me" | "nameOf" | "jobNameOf"> &
  Pick<LiveSession, "subscribe" | "now" | "saveState" | "verdictOf">;

const RowContext = createContext<RowView | null>(null);
const DraftContext = createContext<Draft | null>(null);
const PeersContext = createContext<SessionView["peersAt"]>(new Map());

/** Gives what is below it the session. `options`, `me`, `nameOf` and `jobNameOf` shall be the same as long as they say the same. */
export function SessionProvider({ value, children }: { value: SessionView; children: ReactNode }) {
  const { options, me, nameOf, jobNameOf, draft, peersAt } = value;
  const { subscribe, now, saveState, verdictOf } = value.live;
  const row = useMemo(
    () => ({ options, me, nameOf, jobNameOf, subscribe, now, saveState, verdictOf }),
    [options, me, nameOf, jobNameOf, subscribe, now, saveState, verdictOf],
  );
  return (
    <RowContext value={row}>
      <DraftContext value={draft}>
        <PeersContext value={peersAt}>{children}</PeersContext>
      </DraftContext>
    </RowContext>
  );
}

/** What the cells of a session's rows draw from: the options, the people. */
export function useRowView(): RowView {
  const view = useContext(RowContext);
  if (view === null) throw new Error("The session's views belong inside a SessionProvider.");
  return view;
}

/** Everything that a session's screen draws from. A component that asks is drawn anew with each change in the live rooms. */
export function useSessionView(): SessionView {
  const { options, me, nameOf, jobNameOf, subscribe, now } = useRowView();
  const live = useSyncExternalStore(subscribe, now, now);
  const draft = useContext(DraftContext);
  const peersAt = useContext(PeersContext);
  return { options, live, draft, me, nameOf, jobNameOf, peersAt };
}

/** How far what I decided is saved; a component that shows it is drawn for itself. */
export function useSaveState(): ReturnType<LiveSession["saveState"]> {
  const { subscribe, saveState } = useRowView();
  return useSyncExternalStore(subscribe, saveState, saveState);
}

/** The choice under way, if it is one for this item. */
export function useDraft({ annotationId }: SessionItem): Draft | null {
  const draft = useContext(DraftContext);
  return draft?.annotationId === annotationId ? draft : null;
}

/** Who looks at this item now. */
export const usePeersAt = ({ annotationId }: SessionItem): readonly PeerPresence[] =>
  useContext(PeersContext).get(annotationId) ?? nobody;
const nobody: readonly PeerPresence[] = [];

/** The item's verdict as it stands now. */
export function useVerdict(item: SessionItem): CurrentVerdict | null {
  const { subscribe, verdictOf } = useRowView();
  const { annotationId } = item;
  const last = useRef<LiveVerdict | null>(null);
  const read = () => {
    const now = verdictOf(annotationId);
    if (!isSameVerdict(last.current, now)) last.current = now;
    return last.current;
  };
  return currentVerdict(item, useSyncExternalStore(subscribe, read, read));
}

/** A decision is known by its author and time; what changes beside is whether it is durable. */
const isSameVerdict = (one: LiveVerdict | null, other: LiveVerdict | null): boolean =>
  one?.by === other?.by &&
  one?.at === other?.at &&
  one?.status === other?.status &&
  one?.unsaved === other?.unsaved;
