"use client";

import { useState } from "react";
import { toast } from "@/components/ui/toaster";
import type { RowChoice } from "@/components/ui/virtual-table";
import { problemOf } from "@/trpc/client";
import {
  allChosen,
  type Chosen,
  canList,
  countChosen,
  headState,
  isChosen,
  MAX_LISTED,
  noneChosen,
  withChosen,
} from "./chosen";
import type { useRecords } from "./use-records";

const tooMany = `At most ${MAX_LISTED.toLocaleString("en")} records can be listed one by one. Search for them, or choose all and take some out.`;

/** Which records of the search are chosen. Another search chooses none. */
export function useChoice(list: ReturnType<typeof useRecords>, searchKey: string) {
  const [state, setState] = useState<{ searchKey: string; chosen: Chosen }>({
    searchKey,
    chosen: noneChosen,
  });
  const chosen = state.searchKey === searchKey ? state.chosen : noneChosen;

  function choose(next: (now: Chosen) => Chosen) {
    const wanted = next(chosen);
    if (!canList(wanted)) return void toast.error(tooMany);
    setState({ searchKey, chosen: wanted });
  }

  async function chooseSpan(from: number, to: number) {
    if (to - from >= MAX_LISTED) return void toast.error(tooMany);
    try {
      const ids = await list.idsBetween(from, to);
      choose((now) => withChosen(now, ids, true));
    } catch (error) {
      toast.error(problemOf(error).detail);
    }
  }

  const choice: RowChoice = {
    head: headState(chosen, list.count),
    headLabel: "Choose every record of this search",
    isChosen: (id) => isChosen(chosen, id),
    any: countChosen(chosen, list.count) > 0,
    onToggle: (id) => choose((now) => withChosen(now, [id], !isChosen(now, id))),
    onSpan: (from, to) => void chooseSpan(from, to),
    onAll: (all) => choose(() => (all ? allChosen : noneChosen)),
  };
  return { chosen, choice, clear: () => choose(() => noneChosen), chooseAll: () => choose(() => allChosen) };
}
