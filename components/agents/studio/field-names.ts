import type { FieldProblem } from "@/contracts/common";

/** The fields of the studio as they are called there, by their paths in the API. */
const names: Record<string, string> = {
  name: "Name",
  provider: "Provider",
  baseUrl: "Base URL",
  "model.model": "Model",
  "model.temperature": "Temperature",
  "model.max_tokens": "Most tokens of an answer",
  "model.max_completion_tokens": "Most tokens, by the newer name",
  "model.top_p": "Top p",
  "model.top_k": "Top k",
  "model.seed": "Seed",
  "model.presence_penalty": "Presence penalty",
  "model.frequency_penalty": "Frequency penalty",
  "model.reasoning_effort": "Reasoning effort",
  "model.stop": "Stop sequences",
  "model.price.inputPerMillion": "Price of input",
  "model.price.outputPerMillion": "Price of output",
  "model.price": "Price",
  "model.extra": "More parameters",
  "prompt.labels": "Labels and options",
  "prompt.system": "System message",
  "prompt.template": "User message",
  "prompt.taskInstruction": "Task instruction",
  "prompt.formatInstruction": "Format instruction",
  "prompt.inputBlock": "Input block",
  "prompt.confidence": "Confidence",
  "prompt.samples": "Answers a record",
  "prompt.agreeWith": "Jobs to compare with",
  "prompt.examples": "Examples",
};

/** What a field is called, also a part of one: `model.stop.3` is of Stop sequences. */
export function fieldName(path: string): string {
  for (let known = path; known !== ""; known = known.slice(0, Math.max(0, known.lastIndexOf(".")))) {
    const name = names[known];
    if (name !== undefined) return name;
  }
  return path;
}

/** All that is wrong in a line: `Temperature: must be …; Model: …`. */
export const problemWords = (problems: readonly FieldProblem[]): string =>
  `${problems.map(({ path, message }) => `${fieldName(path)}: ${message}`).join("; ")}.`;
