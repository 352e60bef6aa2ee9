import type { VersionContent } from "@/contracts/agent-diff";
import { modelConfig, promptSettings } from "@/contracts/agents";
import type { JsonValue } from "@/contracts/common";
import { type Provider, provider } from "@/contracts/providers";
import { type DraftPrompt, draftItems, sentExamples } from "./examples/draft-examples";

/** Fields of the model that are numbers, in the order in which they are asked for. */
const numberFields = [
  "temperature",
  "top_p",
  "top_k",
  "max_tokens",
  "max_completion_tokens",
  "seed",
  "presence_penalty",
  "frequency_penalty",
] as const;
export type NumberField = (typeof numberFields)[number];

/** What stands in the studio: texts as they were typed, whether they make sense or not. */
export type Draft = {
  name: string;
  provider: Provider;
  place: "provider" | "builtin" | "address";
  address: string;
  model: string;
  numbers: Record<NumberField, string>;
  /** One sequence a line. */
  stop: string;
  /** "" when not set. */
  effort: string;
  price: { input: string; output: string };
  /** JSON. */
  extra: string;
  prompt: DraftPrompt;
};

export type DraftInput = {
  provider: Provider;
  baseUrl: string | null;
  model: Record<string, JsonValue>;
  prompt: Record<string, JsonValue>;
};

/** A new agent that asks for the first label of the schema. */
export function emptyDraft(labels: readonly string[]): Draft {
  return draftOf("", {
    provider: "openai:chat",
    baseUrl: null,
    model: { model: "", temperature: 0 },
    prompt: { labels: labels.slice(0, 1), answer: "text" },
  });
}

/** A saved version, open for changes. */
export function draftOf(name: string, { provider: asked, baseUrl, model, prompt }: VersionContent): Draft {
  const isAddress = baseUrl !== null && baseUrl !== "builtin";
  const text = (field: NumberField) => (model[field] === undefined ? "" : String(model[field]));
  return {
    name,
    // A version never names a provider that there isn't.
    provider: provider.catch("openai:chat").parse(asked),
    place: isAddress ? "address" : baseUrl === null ? "provider" : "builtin",
    address: isAddress ? baseUrl : "",
    model: model.model,
    numbers: {
      temperature: text("temperature"),
      top_p: text("top_p"),
      top_k: text("top_k"),
      max_tokens: text("max_tokens"),
      max_completion_tokens: text("max_completion_tokens"),
      seed: text("seed"),
      presence_penalty: text("presence_penalty"),
      frequency_penalty: text("frequency_penalty"),
    },
    stop: [model.stop ?? []].flat().join("\n"),
    effort: model.reasoning_effort ?? "",
    price: {
      input: model.price ? String(model.price.inputPerMillion) : "",
      output: model.price ? String(model.price.outputPerMillion) : "",
    },
    extra: model.extra ? JSON.stringify(model.extra, null, 2) : "",
    prompt,
  };
}

/** What is sent to the server, which says what is wrong with it. */
export function inputOf(draft: Draft): DraftInput {
  return {
    provider: draft.provider,
    baseUrl: draft.place === "address" ? draft.address.trim() : draft.place === "builtin" ? "builtin" : null,
    model: modelOf(draft),
    prompt: promptOf(draft.prompt),
  };
}

function modelOf({ model, numbers, stop, effort, price, extra }: Draft): Record<string, JsonValue> {
  const given: Record<string, JsonValue> = { model: model.trim() };
  for (const field of numberFields)
    if (numbers[field].trim() !== "") given[field] = numberOrText(numbers[field]);
  const sequences = stop.split("\n").filter((line) => line !== "");
  const [only] = sequences;
  if (only !== undefined) given.stop = sequences.length === 1 ? only : sequences;
  if (effort !== "") given.reasoning_effort = effort;
  if (price.input.trim() !== "" || price.output.trim() !== "")
    given.price = {
      inputPerMillion: numberOrText(price.input),
      outputPerMillion: numberOrText(price.output),
    };
  if (extra.trim() !== "") given.extra = jsonOrText(extra);
  return given;
}

/** A text that is no number goes as it is: the server's message then names the field. */
function numberOrText(text: string): JsonValue {
  const trimmed = text.trim();
  const number = Number(trimmed);
  return trimmed === "" || Number.isNaN(number) ? trimmed : number;
}

function jsonOrText(text: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch {
    // Half-typed JSON: the server answers that this must be an object.
    return text;
  }
}

function promptOf(prompt: DraftPrompt): Record<string, JsonValue> {
  const { examples, labels, answer, ...settings } = prompt;
  const given: Record<string, JsonValue> = { labels, answer };
  for (const [name, setting] of Object.entries(settings))
    if (setting !== undefined && !isBlank(setting)) given[name] = setting;
  if (examples && draftItems(examples)?.length !== 0)
    given.examples = JSON.parse(JSON.stringify(sentExamples(examples, labels)));
  return given;
}

const isBlank = (setting: unknown): boolean => typeof setting === "string" && setting.trim() === "";

/** The draft as the content of a version, or null while a field is wrong. */
export function contentOf(draft: Draft): VersionContent | null {
  const { provider: asked, baseUrl, model, prompt } = inputOf(draft);
  const checkedModel = modelConfig.safeParse(model);
  const checkedPrompt = promptSettings.safeParse(prompt);
  if (!checkedModel.success || !checkedPrompt.success) return null;
  return {
    provider: asked,
    baseUrl: baseUrl === null || baseUrl === "builtin" ? baseUrl : baseUrl.replace(/\/+$/, ""),
    model: checkedModel.data,
    prompt: checkedPrompt.data,
  };
}
