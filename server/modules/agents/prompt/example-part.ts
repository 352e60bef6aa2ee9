import type { PromptExample } from "@/contracts/prompt-examples";
import { fenceFor } from "./fence";
import type { PromptTemplate, TemplatePart } from "./prompt-template";
import { exampleAnswer } from "./wording";

/** An example as it stands in a prompt: its text, enclosed as a record is, and the right answer. */
export function examplePart(
  example: PromptExample,
  { labels, form }: PromptTemplate["answers"],
): Extract<TemplatePart, { kind: "example" }> {
  const fence = fenceFor(example.text);
  const answer = exampleAnswer(example, labels, form);
  return {
    kind: "example",
    text: `\n\nText:\n${fence}\n${example.text}\n${fence}\n${answer}`,
    recordText: example.text,
  };
}
