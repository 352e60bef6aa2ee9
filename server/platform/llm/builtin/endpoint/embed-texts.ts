import { tokenise } from "../answer/tokens";
import { embedText } from "../classifier/embed-text";
import { MODEL_NAME } from "./present-completion";
import type { EmbeddingRequest } from "./request";

/** The vectors of texts in the form of OpenAI's API. */
export function embedTexts({ input }: EmbeddingRequest) {
  const tokens = input.reduce((sum, text) => sum + tokenise(text).length, 0);
  return {
    object: "list",
    model: MODEL_NAME,
    data: input.map((text, index) => ({ object: "embedding", index, embedding: embedText(text) })),
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  };
}
