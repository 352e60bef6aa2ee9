import { duplicateOf, type PoolExample, type Target } from "./example-pool";

/** An example as the guard knows it: a record, or a text that somebody wrote. */
export type GuardedExample = { text: string } | PoolExample;

/**
 * Texts that only differ in case, in white space or in how a character is composed are equal: NFKC, lower case,
 * one space for each stretch of white space.
 */
export const normalizeText = (text: string): string =>
  text.normalize("NFKC").toLowerCase().replace(/\s+/gu, " ").trim();

/**
 * Tells whether a record is one of the examples or nearly repeats one: the same record, of the same group of near
 * duplicates, or of equal text. What a model says of such a record says nothing of the model, for it was shown
 * the answer.
 */
export function createLeakageGuard(examples: readonly GuardedExample[]): (target: Target) => boolean {
  const ids = new Set<string>();
  const groups = new Set<string>();
  const texts = new Set<string>();
  for (const example of examples) {
    if ("recordId" in example) {
      ids.add(example.recordId);
      groups.add(example.duplicateOf ?? example.externalId);
    }
    const text = normalizeText("recordId" in example ? example.content : example.text);
    if (text !== "") texts.add(text);
  }
  return ({ recordId, externalId, content, metadata }) => {
    const group = duplicateOf(metadata) ?? externalId;
    return (
      (recordId !== undefined && ids.has(recordId)) ||
      (group !== undefined && groups.has(group)) ||
      texts.has(normalizeText(content))
    );
  };
}
