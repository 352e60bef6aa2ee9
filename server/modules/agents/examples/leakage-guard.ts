import { duplicateOf, type PoolExample, type Target } from "./example-pool";

/** An example as the guard knows it: a verified record, or a text that somebody wrote. */
type GuardedExample =
  | Pick<PoolExample, "recordId" | "externalId" | "content" | "duplicateOf">
  | { content: string };

/**
 * Texts that only differ in case, in white space or in how a character is composed are equal: NFKC, lower case,
 * one space for each stretch of white space.
 */
export const normalizeText = (text: string): string =>
  text.normalize("NFKC").toLowerCase().normalize("NFKC").replace(/\s+/gu, " ").trim();

/** By what a record is known again: itself, its group of near duplicates, its text. */
function keysOf(id: string | undefined, group: string | undefined, content: string): string[] {
  const text = normalizeText(content);
  return [
    ...(id === undefined ? [] : [`id ${id}`]),
    ...(group === undefined ? [] : [`group ${group}`]),
    ...(text === "" ? [] : [`text ${text}`]),
  ];
}

const targetKeys = ({ recordId, externalId, content, metadata }: Target): string[] =>
  keysOf(recordId, duplicateOf(metadata) ?? externalId, content);

const exampleKeys = (example: GuardedExample): string[] =>
  "recordId" in example
    ? keysOf(example.recordId, example.duplicateOf ?? example.externalId, example.content)
    : keysOf(undefined, undefined, example.content);

/**
 * Tells whether a record is one of the examples or nearly repeats one: the same record, of the same group of near
 * duplicates, or of equal text. What a model says of such a record says nothing of the model, for it was shown
 * the answer.
 */
export function createLeakageGuard(examples: readonly GuardedExample[]): (target: Target) => boolean {
  const known = new Set(examples.flatMap(exampleKeys));
  return (target) => targetKeys(target).some((key) => known.has(key));
}

/** The places of the examples that a record is, or nearly repeats: what it must not be shown. */
export function createRepeatFinder(
  examples: readonly GuardedExample[],
): (target: Target) => ReadonlySet<number> {
  const places = new Map<string, number[]>();
  examples.forEach((example, place) => {
    for (const key of exampleKeys(example)) places.set(key, [...(places.get(key) ?? []), place]);
  });
  return (target) => new Set(targetKeys(target).flatMap((key) => places.get(key) ?? []));
}
