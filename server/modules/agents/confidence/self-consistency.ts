/** What one of several answers to the same prompt says of a label: option values, or null where it can't be read. */
export type SampleValue = readonly string[] | null;

/** `samples` are all that were asked, `votes` those that gave the value. */
export type SelfConsistency =
  | { ok: true; value: string[]; conf: number; samples: number; votes: number }
  | { ok: false; reason: "tie" | "no_readable_sample"; samples: number };

/**
 * The value that most samples give, and its share of all samples: conf = votes / k. A sample that can't be read agrees
 * with nothing and stays in k. Where two values have as many votes there is none.
 *
 * Source: X. Wang et al., Self-consistency improves chain of thought reasoning in language models (2023).
 */
export function selfConsistency(samples: readonly SampleValue[]): SelfConsistency {
  const votes = new Map<string, { value: readonly string[]; count: number }>();
  for (const value of samples) {
    if (value === null) continue;
    const key = keyOf(value);
    const before = votes.get(key);
    votes.set(key, { value: before?.value ?? value, count: (before?.count ?? 0) + 1 });
  }
  const [first, second] = [...votes.values()].sort((a, b) => b.count - a.count);
  if (!first) return { ok: false, reason: "no_readable_sample", samples: samples.length };
  if (second?.count === first.count) return { ok: false, reason: "tie", samples: samples.length };
  return {
    ok: true,
    value: [...first.value],
    conf: first.count / samples.length,
    samples: samples.length,
    votes: first.count,
  };
}

/** The same set of options has the same key, in whatever order. */
export const keyOf = (value: readonly string[]): string => JSON.stringify([...new Set(value)].sort());
