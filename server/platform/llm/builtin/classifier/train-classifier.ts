import { characterFeatures, wordFeatures } from "./features";
import { type NaiveBayes, trainNaiveBayes } from "./naive-bayes";

export type TrainingExample = { text: string; answer: string };

export type Classifier = {
  /** The classes, sorted by code point. */
  answers: readonly string[];
  /** P(answer | text) in the order of `answers`; sums to 1. */
  probabilities(text: string): number[];
};

/** How much each of the two views counts in the pool. */
type Weights = { words: number; characters: number };
type Views = { words: number[]; characters: number[] };
type Judged = { views: Views; correct: number };

const FOLDS = 5;
/** Steps of the grid on which the weights are sought; naive Bayes is far too sure, so all are below 1. */
const WORD_WEIGHTS = geometric(0.05, 1, 1.25);
const CHARACTER_WEIGHTS = geometric(0.004, 0.5, 1.4);

/**
 * Trains the classifier: two naive Bayes, over words and over characters, joined in a log-linear pool
 * p(answer) ∝ exp(a · words(answer) + b · characters(answer)). Both weights are chosen by five-fold
 * cross-validation for the least log-loss (temperature scaling, Guo et al. 2017, with a temperature for each
 * view), so that a probability of 0.7 means about 7 of 10. The same examples give the same classifier.
 *
 * @throws when there are fewer examples than folds or fewer than two answers
 */
export function trainClassifier(examples: readonly TrainingExample[]): Classifier {
  const answers = [...new Set(examples.map(({ answer }) => answer))].sort();
  if (answers.length < 2 || examples.length < FOLDS) {
    throw new Error(`The classifier needs at least ${FOLDS} training examples with two different answers.`);
  }
  const weights = chooseWeights(crossValidate(examples, answers));
  const view = trainViews(examples, answers);
  return { answers, probabilities: (text) => pool(view(text), weights) };
}

function trainViews(
  examples: readonly TrainingExample[],
  answers: readonly string[],
): (text: string) => Views {
  const train = (featuresOf: (text: string) => Set<string>): NaiveBayes =>
    trainNaiveBayes(
      examples.map(({ text, answer }) => ({ features: featuresOf(text), answer })),
      answers,
    );
  const words = train(wordFeatures);
  const characters = train(characterFeatures);
  return (text) => ({ words: words(wordFeatures(text)), characters: characters(characterFeatures(text)) });
}

/** Scores every example by a model that has not seen it. */
function crossValidate(examples: readonly TrainingExample[], answers: readonly string[]): Judged[] {
  return Array.from({ length: FOLDS }, (_, fold) => {
    const view = trainViews(
      examples.filter((_, at) => at % FOLDS !== fold),
      answers,
    );
    return examples
      .filter((_, at) => at % FOLDS === fold)
      .map(({ text, answer }) => ({ views: view(text), correct: answers.indexOf(answer) }));
  }).flat();
}

function chooseWeights(judged: readonly Judged[]): Weights {
  let best: Weights = { words: 1, characters: 1 };
  let least = Number.POSITIVE_INFINITY;
  for (const words of WORD_WEIGHTS) {
    for (const characters of CHARACTER_WEIGHTS) {
      const loss = judged.reduce(
        (sum, { views, correct }) => sum - Math.log(pool(views, { words, characters })[correct] ?? 0),
        0,
      );
      if (loss < least) [best, least] = [{ words, characters }, loss];
    }
  }
  return best;
}

function pool(views: Views, weights: Weights): number[] {
  return softmax(
    views.words.map(
      (score, at) =>
        weights.words * score + weights.characters * (views.characters[at] ?? Number.NEGATIVE_INFINITY),
    ),
  );
}

/** exp(score) / Σ exp(score), without overflow. */
export function softmax(scores: readonly number[]): number[] {
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

function geometric(from: number, to: number, ratio: number): number[] {
  const steps = Math.floor(Math.log(to / from) / Math.log(ratio));
  return Array.from({ length: steps + 1 }, (_, step) => from * ratio ** step);
}
