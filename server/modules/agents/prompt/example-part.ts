import type { PromptExample } from "@/contracts/prompt-examples";
import { fenceFor } from "./fence";
import type { PromptTemplate, TemplatePart } from "./prompt-template";
import { exampleAnswer } from "./wording";

/**
 * An example as it stands in a prompt: its text, enclosed as a record is, and the right answer. None where its text
 * does not hold its spans, as that of a record that has changed since.
 */
export function examplePart(
  example: PromptExample,
  { labels, form }: PromptTemplate["answers"],
): Extract<TemplatePart, { kind: "example" }>[] {
  const answer = exampleAnswer(example, labels, form);
  return answer === null ? [] : [shownExample(example.text, answer)];
}

/** A text with an answer, whatever they are. */
export function shownExample(text: string, answer: string): Extract<TemplatePart, { kind: "example" }> {
  const fence = fenceFor(text);
  return { kind: "example", text: `\n\nText:\n${fence}\n${text}\n${fence}\n${answer}`, recordText: text };
}
