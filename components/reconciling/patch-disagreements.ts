import type { Disagreement, DisagreementList, ReconcileAnswer } from "@/contracts/reconciliations";
import { placeKey } from "./vote-tally";

type Patch = ReadonlyMap<string, Partial<Disagreement>>;

/** The list as it is after some places have changed: rows change where they are, and the counts follow. */
export function patchPages<Data extends { pages: DisagreementList[] }>(data: Data, patch: Patch): Data {
  const moved = { open: 0, reconciled: 0, changed: 0 };
  const pages = data.pages.map((page) => {
    if (!page.items.some((item) => patch.has(placeKey(item)))) return page;
    return {
      ...page,
      items: page.items.map((item) => {
        const news = patch.get(placeKey(item));
        if (!news) return item;
        const next = { ...item, ...news, entropy: item.entropy };
        moved[item.state] -= 1;
        moved[next.state] += 1;
        return next;
      }),
    };
  });
  return {
    ...data,
    pages: pages.map((page) => ({
      ...page,
      counts: {
        open: page.counts.open + moved.open,
        reconciled: page.counts.reconciled + moved.reconciled,
        changed: page.counts.changed + moved.changed,
      },
    })),
  };
}

/** What answers to decisions say of their places. */
export function patchOfAnswers(
  answers: readonly ReconcileAnswer[],
  find: (key: string) => Disagreement | undefined,
): Patch {
  return new Map(
    answers.flatMap((answer) => {
      const item = find(placeKey(answer));
      if (!item || ("error" in answer && answer.error.code !== "overtaken")) return [];
      const stands = "error" in answer ? answer.stands : answer.reconciliation;
      const reconciliation = stands?.value === null ? null : stands;
      const seen = reconciliation?.votesVersion === item.votesVersion;
      const state = !reconciliation ? "open" : seen ? "reconciled" : "changed";
      return [[placeKey(answer), { reconciliation, state }] as const];
    }),
  );
}
