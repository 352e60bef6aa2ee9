"use client";

import { createContext, useContext } from "react";
import type { LiveSession, PeerPresence } from "@/components/verification/live/types";
import type { SessionItem } from "@/contracts/sessions";
import { type CurrentVerdict, currentVerdict } from "./current-verdict";
import type { OptionLook } from "./label-options";

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

const SessionContext = createContext<SessionView | null>(null);

export const SessionProvider = SessionContext.Provider;

/** What the cells of a session's rows draw from: the live room, the options, the people. */
export function useSessionView(): SessionView {
  const view = useContext(SessionContext);
  if (!view) throw new Error("useSessionView belongs inside a SessionProvider");
  return view;
}

/** The item's verdict as it stands now. */
export function useVerdict(item: SessionItem): CurrentVerdict | null {
  const { live } = useSessionView();
  return currentVerdict(item, live.verdictOf(item.annotationId));
}
