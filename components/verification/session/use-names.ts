"use client";

import { useMemo } from "react";
import { useNamesApart } from "@/components/labelling/use-names-apart";
import type { PeerPresence } from "@/components/verification/live/types";
import type { SessionItem } from "@/contracts/sessions";

type Named = { id: string; name: string };
/** `createdAt`: when they joined, or when it was started. */
export type Begun = Named & { createdAt: string };

type NamesInput = {
  me: Named;
  people: readonly Named[];
  peers: readonly PeerPresence[];
  rows: readonly SessionItem[];
};

/** People or jobs, those of one name called apart by when they joined or were started. */
export function useCalledApart(all: readonly Begun[]): Named[] {
  const called = useNamesApart(all);
  return useMemo(() => all.map(({ id, name }) => ({ id, name: called.get(id) ?? name })), [all, called]);
}

/** Names of people by id, from whatever here tells them; the same function as long as it would say the same. */
export function useNames({ me, people, peers, rows }: NamesInput): (userId: string) => string {
  const inRows = useMemo(() => asText(rows.flatMap(({ verdict }) => verdict?.by ?? [])), [rows]);
  const present = asText([me, ...peers.map(({ user }) => user)]);
  return useMemo(() => {
    const names = new Map<string, string>([...JSON.parse(inRows), ...JSON.parse(present), ...pairs(people)]);
    return (userId) => names.get(userId) ?? "A colleague";
  }, [people, present, inRows]);
}

const pairs = (people: readonly Named[]): [id: string, name: string][] =>
  people.map(({ id, name }) => [id, name]);

/** The same text as long as it names the same people. */
const asText = (people: readonly Named[]): string => JSON.stringify([...new Map(pairs(people))].sort());

/** Names of jobs by id. */
export function useJobNames(jobs: readonly Named[]): (jobId: string) => string {
  return useMemo(() => {
    const names = new Map(jobs.map(({ id, name }) => [id, name]));
    return (jobId) => names.get(jobId) ?? "Another job";
  }, [jobs]);
}
