import { characterFeatures } from "../classifier/features";
import { type Classifier, softmax } from "../classifier/train-classifier";
import type { PromptOption } from "../prompt/prompt";

/** The names a prompt may give to an answer of the classifier, beside the answer itself. */
export type AnswerNames = Readonly<Record<string, readonly string[]>>;

/** How strongly shared characters favour an unknown option: at most e to 1 against one that shares none. */
const OVERLAP_WEIGHT = 1;

/**
 * The probability of each option for a text, in the order of the options; sums to 1.
 *
 * Options that name an answer of the classifier share, in its proportions, as much of the mass as their number
 * of the options; the others share the rest by how many of their characters occur in the text, which is
 * little more than a guess and stays near uniform.
 */
export function distributeOverOptions(
  classifier: Classifier,
  names: AnswerNames,
  options: readonly PromptOption[],
  text: string,
): number[] {
  const answers = options.map(({ name }) => answerNamed(classifier, names, name));
  const learned = normalise(learnedWeights(classifier, answers, text));
  const guessed = softmax(options.map((option) => OVERLAP_WEIGHT * overlap(option, text)));
  const unknown = normalise(guessed.map((share, at) => (answers[at] === undefined ? share : 0)));
  const learnedShare = answers.filter((answer) => answer !== undefined).length / options.length;
  return options.map((_, at) => learnedShare * (learned[at] ?? 0) + (1 - learnedShare) * (unknown[at] ?? 0));
}

/** P(answer | text) of each option, split evenly where several options name the same answer; 0 for unknown. */
function learnedWeights(classifier: Classifier, answers: readonly (string | undefined)[], text: string) {
  const probabilities = classifier.probabilities(text);
  return answers.map((answer) => {
    if (answer === undefined) return 0;
    const sharers = answers.filter((other) => other === answer).length;
    return (probabilities[classifier.answers.indexOf(answer)] ?? 0) / sharers;
  });
}

function answerNamed(classifier: Classifier, names: AnswerNames, option: string): string | undefined {
  const wanted = fold(option);
  return classifier.answers.find((answer) =>
    [answer, ...(names[answer] ?? [])].some((name) => fold(name) === wanted),
  );
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

/** The share of an option's character runs, its description's included, that occur in the text: 0 to 1. */
function overlap(option: PromptOption, text: string): number {
  const wanted = characterFeatures(`${option.name} ${option.description ?? ""}`);
  const present = characterFeatures(text);
  const shared = [...wanted].filter((run) => present.has(run)).length;
  return wanted.size === 0 ? 0 : shared / wanted.size;
}

/** Scaled to sum 1; all zero stays all zero. */
function normalise(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return total === 0 ? [...weights] : weights.map((weight) => weight / total);
}
