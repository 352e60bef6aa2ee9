import type { PromptSettings } from "@/contracts/agents";
import type { ExampleSpan, FixedExample, RetrievedExamples } from "@/contracts/prompt-examples";

/** Words that are to be a span, while no place of the text is theirs: they don't stand there, or nobody said where. */
export type LostSpan = { words: string; value: string[] };
export type DraftSpan = ExampleSpan | LostSpan;

/** An example as it stands in the studio. A lost span is sent as it is: the server then refuses the example. */
export type DraftExample = Omit<FixedExample, "labels"> & { labels: Record<string, string[] | DraftSpan[]> };
export type DraftExamples = DraftExample[] | { mode: "fixed"; items: DraftExample[] } | RetrievedExamples;
export type DraftPrompt = Omit<PromptSettings, "examples"> & { examples?: DraftExamples | undefined };

/** The examples that are the same for every record, or null when they are looked for. */
export function draftItems(examples: DraftExamples | undefined): readonly DraftExample[] | null {
  if (examples === undefined) return [];
  if (Array.isArray(examples)) return examples;
  return examples.mode === "fixed" ? examples.items : null;
}

export const isPlaced = (span: DraftSpan): span is ExampleSpan => "start" in span;

/** The spans that an example gives a label; null: it does not say yet whether the text holds any. */
export function draftSpans({ labels }: Pick<DraftExample, "labels">, name: string): DraftSpan[] | null {
  if (!Object.hasOwn(labels, name)) return null;
  return labels[name]?.flatMap((given) => (typeof given === "string" ? [] : [given])) ?? null;
}

/** The example with these spans for a label; null takes back what it said of it. */
export function withSpans(example: DraftExample, name: string, spans: DraftSpan[] | null): DraftExample {
  const { [name]: _old, ...others } = example.labels;
  return { ...example, labels: spans ? { ...others, [name]: spans } : others };
}
