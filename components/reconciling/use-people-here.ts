"use client";

import { useMemo } from "react";
import { useCalledApart } from "@/components/labelling/use-people-apart";
import type { ReconcilingPresence } from "@/contracts/reconciliations";
import { placeKey } from "./vote-tally";

type Person = ReconcilingPresence["person"];
type PeopleHereInput = {
  /** Slug. */
  project: string;
  me: Person;
  looks: readonly ReconcilingPresence[];
};

/** Who is here, I first, and who looks where: people of one name are called apart. */
export function usePeopleHere({ project, me, looks }: PeopleHereInput) {
  const called = useCalledApart(project);
  return useMemo(() => {
    const lookers = new Map<string, Person[]>();
    for (const { recordId, start, end, person } of looks) {
      const key = placeKey({ recordId: recordId ?? "", start, end });
      lookers.set(key, [...(lookers.get(key) ?? []), called(person)]);
    }
    const others = looks.map(({ person }) => called(person));
    return { here: [{ ...called(me), note: "you" }, ...others], lookers, called };
  }, [me, looks, called]);
}
