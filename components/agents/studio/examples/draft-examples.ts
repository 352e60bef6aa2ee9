import type { PromptSettings } from "@/contracts/agents";
import type { ExampleSpan, FixedExample, RetrievedExamples } from "@/contracts/prompt-examples";

/** Words that are to be a span, while no place of the text is theirs: they don't stand there, or nobody said where. */
type LostSpan = { words: string; value: string[] };
export type DraftSpan = ExampleSpan | LostSpan;

/** An example as it stands in the studio. */
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

export const isSpans = (given: string[] | DraftSpan[]): given is DraftSpan[] =>
  given.every((one) => typeof one !== "string");

/** The spans that an example gives a label; null: it does not say yet whether the text holds any. */
export function draftSpans({ labels }: Pick<DraftExample, "labels">, name: string): DraftSpan[] | null {
  const given = Object.hasOwn(labels, name) ? labels[name] : undefined;
  return given && isSpans(given) ? given : null;
}

/** The example with these spans for a label; null takes back what it said of it. */
export function withSpans(example: DraftExample, name: string, spans: DraftSpan[] | null): DraftExample {
  const { [name]: _old, ...others } = example.labels;
  return { ...example, labels: spans ? { ...others, [name]: spans } : others };
}

/**
 * Examples as they are sent. A lost span has an empty place, by which the server names it. What an example says of a
 * label that was taken off stays in the studio, for when it is chosen again.
 */
export function sentExamples(examples: DraftExamples, asked: readonly string[]): DraftExamples {
  const sent = (items: readonly DraftExample[]) => items.map((example) => sentExample(example, asked));
  if (Array.isArray(examples)) return sent(examples);
  return examples.mode === "fixed" ? { ...examples, items: sent(examples.items) } : examples;
}

function sentExample(example: DraftExample, asked: readonly string[]): DraftExample {
  const labels = Object.entries(example.labels)
    .filter(([name]) => asked.includes(name))
    .map(([name, given]) => [name, isSpans(given) ? given.map(sentSpan) : given] as const);
  return { ...example, labels: Object.fromEntries(labels) };
}

const sentSpan = (span: DraftSpan): ExampleSpan =>
  isPlaced(span) ? span : { start: 0, end: 0, value: span.value };
