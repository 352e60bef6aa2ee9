import type { ReadPrompt } from "./prompt";
import { asksForJson } from "./read-fields";
import { readLabels } from "./read-labels";
import { separateInput, withoutFencedTexts } from "./separate-input";

export type PromptMessage = { role: string; text: string };

/**
 * Reads what a chat asks for: the labels with their options, the form of the answer, and the text to label,
 * which stands in the last message of the user. Turns of the assistant are examples and are passed over.
 */
export function readPrompt(messages: readonly PromptMessage[]): ReadPrompt {
  const asked = messages.findLastIndex(({ role }) => role === "user");
  const { input, instruction } = separateInput(messages[asked]?.text ?? "");
  const others = messages
    .filter(({ role }, at) => at !== asked && role !== "assistant")
    .map(({ text }) => withoutFencedTexts(text));
  const whole = [...others, instruction].join("\n");
  return { labels: readLabels(whole), form: asksForJson(whole) ? "json" : "text", input };
}
