import { type Alternative, type AnswerToken, certain, tokenise } from "./tokens";

/** An option's spelling with its probability among all options. */
export type WeightedOption = { text: string; probability: number };

/** How an option's spelling goes on from a place: the characters, "" where it ends there. */
type Branch = { next: string; members: WeightedOption[]; probability: number };

/**
 * The tokens that spell the chosen option, each with its true probability given the tokens before it. Options
 * that begin alike share tokens up to where they part: for "negative" and "neutral" among three options " ne"
 * has the probability of both, then "gative" that of negative given either. So the product over an option's
 * tokens is the option's probability.
 *
 * @param options all options, spellings distinct; the probabilities sum to 1
 * @param chosen the spelling to write
 * @param lead what stands before the first token, " " or ""
 * @param end the token that ends the value; where one option's spelling begins another's, it is what decides
 */
export function spellOption(
  options: readonly WeightedOption[],
  chosen: string,
  lead: string,
  end: string,
): AnswerToken[] {
  const tokens: AnswerToken[] = [];
  let alive = [...options];
  let written = 0;
  while (true) {
    const branches = branch(alive, written);
    const taken = branches.find(({ members }) => members.some(({ text }) => text === chosen));
    if (taken === undefined) throw new Error("The chosen option is none of the options.");
    const prefix = written === 0 ? lead : "";
    const alternatives = branches.map((other) => firstToken(other, prefix, end)).sort(byProbability);
    tokens.push({ ...firstToken(taken, prefix, end), alternatives });
    if (taken.next === "") return tokens;
    tokens.push(
      ...tokenise(prefix + taken.next)
        .slice(1)
        .map(certain),
    );
    written += taken.next.length;
    alive = taken.members;
  }
}

/** Parts the options by how they go on from `written`; those that go on alike keep what they share. */
function branch(options: readonly WeightedOption[], written: number): Branch[] {
  const groups = new Map<string, WeightedOption[]>();
  for (const option of options) {
    const [character = ""] = option.text.slice(written);
    groups.set(character, [...(groups.get(character) ?? []), option]);
  }
  const total = options.reduce((sum, { probability }) => sum + probability, 0);
  return [...groups.values()].map((members) => ({
    next: sharedStart(members.map(({ text }) => text.slice(written))),
    members,
    probability: members.reduce((sum, { probability }) => sum + probability, 0) / total,
  }));
}

function firstToken({ next, probability }: Branch, prefix: string, end: string): Alternative {
  return { text: next === "" ? end : (tokenise(prefix + next)[0] ?? end), probability };
}

/** The longest common start, in whole characters. */
function sharedStart(texts: readonly string[]): string {
  const [first = [], ...others] = texts.map((text) => Array.from(text));
  const parted = first.findIndex((character, at) => others.some((other) => other[at] !== character));
  return first.slice(0, parted < 0 ? first.length : parted).join("");
}

function byProbability(a: Alternative, b: Alternative): number {
  return b.probability - a.probability;
}
