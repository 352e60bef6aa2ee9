import { chooseOption, drawsFor } from "../answer/choose-option";
import { type AnswerNames, distributeOverOptions } from "../answer/distribute-over-options";
import { certainTokens, tokenise } from "../answer/tokens";
import { writeAnswer } from "../answer/write-answer";
import type { Classifier } from "../classifier/train-classifier";
import { readPrompt } from "../prompt/read-prompt";
import { presentCompletion } from "./present-completion";
import type { ChatRequest } from "./request";

/** What the model knows: the trained classifier, and the names a prompt may give to its answers. */
export type Knowledge = { classifier: Classifier; names: AnswerNames; fingerprint: string };

const NO_OPTIONS = "This model can only choose among options, and the prompt names none that it can read.";

/**
 * Answers a chat in the form of OpenAI's API. Log-probabilities are the model's own, those of temperature 1,
 * whatever temperature the answer was drawn at.
 */
export function completeChat({ classifier, names, fingerprint }: Knowledge, request: ChatRequest) {
  const messages = request.messages.map(({ role, content }) => ({ role, text: content }));
  const { labels, input, form } = readPrompt(messages);
  const wantsJson = form === "json" || (request.response_format?.type ?? "text") !== "text";
  const distributions = labels.map(({ options }) => distributeOverOptions(classifier, names, options, input));

  const sampling = { temperature: request.temperature ?? 1, topP: request.top_p ?? 1 };
  const draw = drawsFor(request.seed ?? undefined, JSON.stringify(messages));
  const answers = Array.from({ length: request.n ?? 1 }, (_, choice) => {
    if (labels.length === 0) return certainTokens(NO_OPTIONS);
    const decided = labels.map((label, at) => {
      const probabilities = distributions[at] ?? [];
      return { label, probabilities, chosen: chooseOption(probabilities, sampling, draw(`${choice}/${at}`)) };
    });
    return writeAnswer(decided, wantsJson ? "json" : "text");
  });

  const promptTokens = messages.reduce((sum, { text }) => sum + tokenise(text).length, 0);
  return presentCompletion(request, answers, promptTokens, fingerprint);
}
