/**
 * What each vote on one record counts. Models of one family were made alike and err alike, so however many of its jobs
 * vote on a record, together they count as one rater: as much as the heaviest of them alone, each in proportion.
 *
 * @param raters who votes on the record
 * @param families of each annotator: a name that correlated ones share, or null of one who votes alone
 * @param weights of each annotator, above 0
 */
export function shareVotes(
  raters: readonly number[],
  families: readonly (string | null)[],
  weights: readonly number[],
): number[] {
  const weightOf = (rater: number) => weights[rater] ?? 1;
  const joint = new Map<string, { sum: number; most: number }>();
  for (const rater of raters) {
    const family = families[rater];
    if (!family) continue;
    const { sum, most } = joint.get(family) ?? { sum: 0, most: 0 };
    joint.set(family, { sum: sum + weightOf(rater), most: Math.max(most, weightOf(rater)) });
  }
  return raters.map((rater) => {
    const together = joint.get(families[rater] ?? "");
    return together ? (weightOf(rater) * together.most) / together.sum : weightOf(rater);
  });
}

/**
 * The family of a model, read from its name: the letters that it begins with, without what stands for where it is
 * served or that it was tuned. "openai/gpt-4o-mini-2024-07-18" and "ft:gpt-3.5-turbo:team" are both "gpt". A name tells
 * no lineage: families that only the vendor knows to be kin stay apart. Null of a name without letters.
 */
export function modelFamily(model: string): string | null {
  const [, own = ""] = /^(?:ft:)?(?:.*\/)?(.*)$/s.exec(model.trim().toLowerCase()) ?? [];
  return /\p{L}+/u.exec(own)?.[0] ?? null;
}
