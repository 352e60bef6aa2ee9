import { createHash, randomBytes } from "node:crypto";

export type Sampling = {
  /** 0 takes the likeliest option; 1 draws by the probabilities; more flattens them. */
  temperature: number;
  /** Only the likeliest options that together reach this share are drawn from. */
  topP: number;
};

/** Draws a place in `probabilities` (sum 1); `draw` is from [0, 1). Ties go to the first. */
export function chooseOption(
  probabilities: readonly number[],
  { temperature, topP }: Sampling,
  draw: number,
): number {
  const ranked = probabilities.map((_, at) => at).sort((a, b) => of(probabilities, b) - of(probabilities, a));
  const likeliest = ranked[0] ?? 0;
  if (temperature === 0) return likeliest;
  const highest = of(probabilities, likeliest);
  const tempered = ranked.map((at) => (of(probabilities, at) / highest) ** (1 / temperature));
  const kept = nucleus(tempered, topP);
  let rest = draw * kept.reduce((sum, weight) => sum + weight, 0);
  const drawn = kept.findIndex((weight) => {
    rest -= weight;
    return rest < 0;
  });
  return ranked[drawn] ?? likeliest;
}

/** The shortest start of `weights`, likeliest first, that reaches the share `topP`; at least one. */
function nucleus(weights: readonly number[], topP: number): number[] {
  const wanted = topP * weights.reduce((sum, weight) => sum + weight, 0);
  let reached = 0;
  const end = weights.findIndex((weight) => {
    reached += weight;
    return reached >= wanted;
  });
  return weights.slice(0, end < 0 ? weights.length : end + 1);
}

function of(probabilities: readonly number[], at: number): number {
  return probabilities[at] ?? 0;
}

/** Draws from [0, 1) for the parts of one answer: with a seed the same for the same prompt, else random. */
export function drawsFor(seed: number | undefined, prompt: string): (part: string) => number {
  const salt = seed === undefined ? randomBytes(16).toString("hex") : String(seed);
  return (part) => {
    const digest = createHash("sha256")
      .update(JSON.stringify([salt, prompt, part]))
      .digest();
    return digest.readUIntBE(0, 6) / 2 ** 48;
  };
}
