import type { LabelDefinition } from "@/contracts/label-schema";
import messages from "./messages.json" with { type: "json" };

/** One short customer message of the sample project, with its trusted sentiment. */
export type SampleMessage = {
  /** External id, `m-0001` … */
  id: string;
  content: string;
  /** Gold: an option value of {@link sampleLabelSchema}. */
  sentiment: "pos" | "neg" | "neu";
  channel: "email" | "chat" | "social" | "review";
  /** What the message is about: hotel, train, banking app … */
  product: string;
  /** ISO date. */
  received: string;
};

/** The label schema of the sample project: one record-level label, `sentiment`. */
export const sampleLabelSchema: LabelDefinition[] = [
  {
    name: "sentiment",
    level: "record",
    description: "What the customer feels about what happened.",
    options: [
      { value: "pos", text: "positive", description: "pleased, grateful or relieved" },
      { value: "neg", text: "negative", description: "annoyed, hurt or let down; irony included" },
      { value: "neu", text: "neutral", description: "a question or a fact without feeling either way" },
    ],
  },
];

/** All messages of the sample, in the order of their ids. */
export function sampleMessages(): SampleMessage[] {
  return messages as SampleMessage[];
}

/**
 * Whether the built-in model learns from this message: the odd ones. The others it has never seen, so only
 * they can tell how good it is. False for an id that is not of the sample.
 */
export function isTrainingHalf(id: string): boolean {
  const number = /^m-(\d{4})$/.exec(id)?.[1];
  return number !== undefined && Number(number) % 2 === 1;
}

/**
 * What the built-in model is trained on at start: the training half with its gold, and the names a prompt may
 * give to each answer (an option's value or text).
 */
export function sampleTraining() {
  return {
    trainingExamples: sampleMessages()
      .filter((message) => isTrainingHalf(message.id))
      .map((message) => ({ text: message.content, answer: message.sentiment })),
    answerNames: Object.fromEntries(
      sampleLabelSchema.flatMap((label) => label.options.map((option) => [option.value, [option.text]])),
    ),
  };
}
