/** Lidstone smoothing: half an imagined occurrence of every class, and of every feature in every class. */
const SMOOTHING = 0.5;
/** A feature of one document alone says nothing that carries over to others. */
const MIN_DOCUMENTS = 2;

export type FeaturedDocument = { features: ReadonlySet<string>; answer: string };

/** Log-scores of `answers`, in their order, for a document's features: log P(answer) + Σ log P(feature | answer). */
export type NaiveBayes = (features: ReadonlySet<string>) => number[];

/**
 * Trains a multinomial naive Bayes over binary features (each counts once a document).
 * Formula: Manning, Raghavan, Schütze, "Introduction to Information Retrieval" (2008), 13.2 and 13.3.
 *
 * @param documents training documents
 * @param answers the classes, in the order of the scores
 */
export function trainNaiveBayes(
  documents: readonly FeaturedDocument[],
  answers: readonly string[],
): NaiveBayes {
  const documentFrequency = new Map<string, number>();
  for (const { features } of documents) {
    for (const feature of features) {
      documentFrequency.set(feature, (documentFrequency.get(feature) ?? 0) + 1);
    }
  }
  const known = [...documentFrequency]
    .filter(([, count]) => count >= MIN_DOCUMENTS)
    .map(([feature]) => feature);

  const priors: number[] = [];
  const likelihoods = new Map<string, number[]>(known.map((feature) => [feature, []]));
  for (const answer of answers) {
    const own = documents.filter((document) => document.answer === answer);
    priors.push(Math.log((own.length + SMOOTHING) / (documents.length + SMOOTHING * answers.length)));
    const counts = countFeatures(own, likelihoods);
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0) + SMOOTHING * known.length;
    for (const [feature, row] of likelihoods) {
      row.push(Math.log(((counts.get(feature) ?? 0) + SMOOTHING) / total));
    }
  }

  return (features) => {
    const scores = [...priors];
    for (const feature of features) {
      likelihoods.get(feature)?.forEach((value, at) => {
        scores[at] = (scores[at] ?? 0) + value;
      });
    }
    return scores;
  };
}

function countFeatures(documents: readonly FeaturedDocument[], known: ReadonlyMap<string, unknown>) {
  const counts = new Map<string, number>();
  for (const { features } of documents) {
    for (const feature of features) {
      if (known.has(feature)) counts.set(feature, (counts.get(feature) ?? 0) + 1);
    }
  }
  return counts;
}
