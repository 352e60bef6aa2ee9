"use client";

import { useMemo } from "react";
import type { PeerPresence } from "@/components/verification/live/types";
import type { SessionItem } from "@/contracts/sessions";

type Named = { id: string; name: string };

type NamesInput = {
  people: readonly Named[];
  peers: readonly PeerPresence[];
  rows: readonly SessionItem[];
};

/** Names of people by id, from whatever here tells them; the same function as long as it would say the same. */
export function useNames({ people, peers, rows }: NamesInput): (userId: string) => string {
  const present = JSON.stringify([...new Map(peers.map(({ user: { id, name } }) => [id, name]))].sort());
  return useMemo(() => {
    const here: [string, string][] = JSON.parse(present);
    const names = new Map([
      ...rows.flatMap(({ verdict }): [string, string][] =>
        verdict ? [[verdict.by.id, verdict.by.name]] : [],
      ),
      ...here,
      ...people.map(({ id, name }): [string, string] => [id, name]),
    ]);
    return (userId) => names.get(userId) ?? "A colleague";
  }, [people, present, rows]);
}

/** Names of jobs by id. */
export function useJobNames(jobs: readonly Named[]): (jobId: string) => string {
  return useMemo(() => {
    const names = new Map(jobs.map(({ id, name }) => [id, name]));
    return (jobId) => names.get(jobId) ?? "Another job";
  }, [jobs]);
}
