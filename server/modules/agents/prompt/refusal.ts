import type { RenderedPrompt } from "./render-prompt";

/** Why a record is not asked about. */
export type Refusal = { kind: "missing_metadata" | "example"; message: string };

/**
 * Whether a prompt must not be sent, and why. A prompt with a hole would be answered all the same and nobody would
 * know; what a model says of one of its own examples, or of what repeats one, is no answer of its own.
 */
export function refusalOf({
  rendered,
  isExample,
}: {
  rendered: RenderedPrompt;
  isExample: boolean;
}): Refusal | null {
  if (isExample)
    return {
      kind: "example",
      message: "The record is an example of the prompt, or repeats one, so it is not asked about.",
    };
  const missing = [...new Set(rendered.missingMetadata)];
  if (missing.length === 0) return null;
  return {
    kind: "missing_metadata",
    message: `The record has no ${missing.map((name) => `"${name}"`).join(", ")}, which the prompt shows.`,
  };
}
