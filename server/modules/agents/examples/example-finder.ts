import { setImmediate as nextTurn } from "node:timers/promises";
import type { PromptExample, RetrievedExamples } from "@/contracts/prompt-examples";
import { chooseExamples } from "./choose-examples";
import type { PoolExample, Target } from "./example-pool";
import { createRepeatFinder } from "./leakage-guard";
import { createTextSimilarity } from "./trigram-similarity";
import { createVectorSimilarity } from "./vector-similarity";

/** Records between two turns of everything else that the process does. */
const AT_ONCE = 16;

export type ReadVectors = (recordIds: readonly string[]) => Promise<ReadonlyMap<string, readonly number[]>>;

/**
 * Finds the nearest verified records for each record asked about, never one that it repeats. Where vectors are
 * compared, a record without one is compared by its wording.
 * @param balanceOn the label whose values are balanced
 */
export async function createExampleFinder(
  pool: readonly PoolExample[],
  { k, balanced, by }: Pick<RetrievedExamples, "k" | "balanced" | "by">,
  balanceOn: string,
  readVectors: ReadVectors,
): Promise<(targets: readonly Target[]) => Promise<PromptExample[][]>> {
  const shown = pool.filter(({ content }) => content.trim() !== "");
  const texts = createTextSimilarity(shown.map(({ content }) => content));
  const own = by === "vector" ? await readVectors(shown.map(({ recordId }) => recordId)) : new Map();
  const vectors = createVectorSimilarity(shown.map(({ recordId }) => own.get(recordId) ?? null));
  const repeatsOf = createRepeatFinder(shown);
  const candidates = shown.map((example) => ({
    recordId: example.recordId,
    similarity: 0,
    group: JSON.stringify(example.labels[balanceOn] ?? []),
    example,
  }));
  return async (targets) => {
    const ids = targets.flatMap(({ recordId }) => (recordId === undefined ? [] : [recordId]));
    const asked = own.size > 0 ? await readVectors(ids) : new Map<string, readonly number[]>();
    const chosen: PromptExample[][] = [];
    for (const target of targets) {
      if (chosen.length % AT_ONCE === AT_ONCE - 1) await nextTurn();
      const vector = asked.get(target.recordId ?? "");
      const similarities = vector ? vectors(vector) : texts(target.content);
      const repeats = repeatsOf(target);
      const near = candidates.flatMap((candidate, place) =>
        repeats.has(place) ? [] : [{ ...candidate, similarity: similarities[place] ?? 0 }],
      );
      chosen.push(
        chooseExamples(near, { k, balanced }).map(({ example: { content, labels } }) => ({
          text: content,
          labels,
        })),
      );
    }
    return chosen;
  };
}
