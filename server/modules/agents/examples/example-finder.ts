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
 * @param balanceOn the label whose values are balanced
 * @param canShow whether an example can be written down; it takes time, so only those that would be shown are asked
 */
export async function createExampleFinder(
  pool: readonly PoolExample[],
  { k, balanced, by }: Pick<RetrievedExamples, "k" | "balanced" | "by">,
  balanceOn: string,
  { readVectors, canShow }: { readVectors: ReadVectors; canShow: (example: PromptExample) => boolean },
): Promise<(targets: readonly Target[]) => Promise<PromptExample[][]>> {
  const shown = pool.filter(({ content }) => content.trim() !== "");
  const texts = createTextSimilarity(shown.map(({ content }) => content));
  const own = by === "vector" ? await readVectors(shown.map(({ recordId }) => recordId)) : new Map();
  const vectors = createVectorSimilarity(shown.map(({ recordId }) => own.get(recordId) ?? null));
  const repeatsOf = createRepeatFinder(shown);
  const candidates = shown.map(({ recordId, content, labels }) => ({
    recordId,
    similarity: 0,
    groups: groupsOf(labels, balanceOn),
    example: { text: content, labels },
  }));
  const known = new Map<PromptExample, boolean>();
  const canShowIt = ({ example }: { example: PromptExample }): boolean => {
    const can = known.get(example) ?? canShow(example);
    known.set(example, can);
    return can;
  };
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
      chosen.push(chooseExamples(near, { k, balanced, canShow: canShowIt }).map(({ example }) => example));
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
