import { setImmediate as nextTurn } from "node:timers/promises";
import {
  type ExampleLabels,
  type PromptExample,
  type RetrievedExamples,
  spansIn,
  valuesIn,
} from "@/contracts/prompt-examples";
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
 * @param pool all of which may be shown
 * @param balanceOn the label whose values are balanced
 */
export async function createExampleFinder(
  pool: readonly PoolExample[],
  { k, balanced, by }: Pick<RetrievedExamples, "k" | "balanced" | "by">,
  balanceOn: string,
  readVectors: ReadVectors,
): Promise<(targets: readonly Target[]) => Promise<PromptExample[][]>> {
  const texts = createTextSimilarity(pool.map(({ content }) => content));
  const own = by === "vector" ? await readVectors(pool.map(({ recordId }) => recordId)) : new Map();
  const vectors = createVectorSimilarity(pool.map(({ recordId }) => own.get(recordId) ?? null));
  const repeatsOf = createRepeatFinder(pool);
  const candidates = pool.map((example) => ({
    recordId: example.recordId,
    similarity: 0,
    groups: groupsOf(example.labels, balanceOn),
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

/** What is balanced: the value of a whole record, or each option that a text has a span of. */
function groupsOf(labels: Readonly<ExampleLabels>, name: string): string[] {
  const values = valuesIn(labels, name);
  return values.length > 0
    ? [JSON.stringify(values)]
    : [...new Set(spansIn(labels, name).flatMap(({ value }) => value))];
}
