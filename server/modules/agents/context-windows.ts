/**
 * Tokens that a model reads and writes in one call, by the providers' model pages of 2025-08. First match counts; a
 * name that is not here is not known, which says nothing of its limit.
 */
const WINDOWS: readonly (readonly [models: RegExp, tokens: number])[] = [
  [/^gpt-5/, 400_000],
  [/^gpt-4\.1/, 1_047_576],
  [/^(?:gpt-4o|chatgpt-4o|gpt-4-turbo|gpt-4-(?:0125|1106)-preview|o1-mini|o1-preview)/, 128_000],
  [/^(?:o1|o3|o4)/, 200_000],
  [/^gpt-4-32k/, 32_768],
  [/^gpt-4(?:-\d{4})?$/, 8_192],
  [/^gpt-3\.5-turbo-instruct/, 4_096],
  [/^gpt-3\.5-turbo/, 16_385],
  [/^claude-/, 200_000],
  [/^gemini-(?:1\.5|2\.0|2\.5)-/, 1_048_576],
];

/** The most tokens of prompt and answer together that the model takes, or null when that is not known. */
export function contextWindowOf(model: string): number | null {
  const name = model.replace(/^(?:openai\/|ft:)/, "");
  return WINDOWS.find(([models]) => models.test(name))?.[1] ?? null;
}
