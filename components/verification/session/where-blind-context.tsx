"use client";

import { useQuery } from "@tanstack/react-query";
import { createContext, type ReactNode, useCallback, useContext } from "react";
import { whereBlind } from "@/components/verification/sessions/where-blind";
import type { Session } from "@/contracts/sessions";
import { useTRPC } from "@/trpc/client";

type WhereBlindProviderProps = {
  /** Slug. */
  project: string;
  here: Pick<Session, "id" | "label">;
  /** Whether anything here is blind elsewhere: nothing is asked before. */
  enabled: boolean;
  children: ReactNode;
};

const ASKED_FOR_MS = 60_000;

const WhereBlindContext = createContext<(jobId: string) => string | null>(() => null);

/** Tells the cells {@link whereBlind}, of the sessions that are open to the reader. */
export function WhereBlindProvider({ project, here, enabled, children }: WhereBlindProviderProps) {
  const { id, label } = here;
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.sessions.list.queryOptions(
      { project, state: "open", limit: 200 },
      { enabled, staleTime: ASKED_FOR_MS },
    ),
  );
  const blindIn = useCallback(
    (jobId: string) => whereBlind(data?.items ?? [], { id, label }, jobId),
    [data, id, label],
  );
  return <WhereBlindContext value={blindIn}>{children}</WhereBlindContext>;
}

export const useBlindIn = () => useContext(WhereBlindContext);
