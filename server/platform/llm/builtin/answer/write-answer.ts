import type { PromptLabel } from "../prompt/prompt";
import { spellOption } from "./spell-option";
import { type AnswerToken, certainTokens } from "./tokens";

/** A label with the probability of each of its options, in their order, and the place of the one to give. */
export type DecidedLabel = { label: PromptLabel; probabilities: readonly number[]; chosen: number };

/** The tokens of the answer in the form that the prompt asks for. */
export function writeAnswer(decided: readonly DecidedLabel[], form: "text" | "json"): AnswerToken[] {
  return form === "json" ? writeJson(decided) : writeLines(decided);
}

/** `Sentiment: negative`, a line for each label. */
function writeLines(decided: readonly DecidedLabel[]): AnswerToken[] {
  const tokens = decided.flatMap((one) => [
    ...certainTokens(`${one.label.field}:`),
    ...spell(one, " ", "\n", (text) => text),
  ]);
  const ending = tokens.at(-1);
  // The last line ends only where its end decides between two options, one of which begins the other.
  return ending !== undefined && ending.alternatives.length > 1 ? tokens : tokens.slice(0, -1);
}

/** `{"Sentiment": "negative"}`, with lists where the format sample has them. */
function writeJson(decided: readonly DecidedLabel[]): AnswerToken[] {
  const fields = decided.flatMap((one, at) => [
    ...certainTokens(`${at === 0 ? "{" : ", "}"${quote(one.label.field)}": ${one.label.list ? "[" : ""}"`),
    ...spell(one, "", '"', quote),
    ...certainTokens(one.label.list ? "]" : ""),
  ]);
  return [...fields, ...certainTokens("}")];
}

function spell(
  { label, probabilities, chosen }: DecidedLabel,
  lead: string,
  end: string,
  write: (text: string) => string,
): AnswerToken[] {
  const options = label.options.map(({ name }, at) => ({
    text: write(name),
    probability: probabilities[at] ?? 0,
  }));
  return spellOption(options, options[chosen]?.text ?? "", lead, end);
}

/** The inside of a JSON string. */
function quote(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
