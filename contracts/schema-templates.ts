import type { LabelDefinition } from "./label-schema";

export type SchemaTemplate = { id: string; name: string; purpose: string; labels: LabelDefinition[] };

type OptionRow = readonly [value: string, text: string, description?: string];

const options = (rows: readonly OptionRow[]) =>
  rows.map(([value, text, description]) => ({ value, text, ...(description ? { description } : {}) }));

/** Label schemas to start from. Every one can be changed afterwards; none is tied to the project. */
export const schemaTemplates: readonly SchemaTemplate[] = [
  {
    id: "sentiment",
    name: "Sentiment",
    purpose: "What the writer feels about the subject.",
    labels: [
      {
        name: "sentiment",
        level: "record",
        description: "What the writer feels about the subject.",
        options: options([
          ["pos", "positive", "pleased, grateful, recommends it"],
          ["neg", "negative", "annoyed, disappointed, sarcastic praise included"],
          ["neu", "neutral", "states or asks without feeling either way"],
        ]),
      },
    ],
  },
  {
    id: "topic",
    name: "Topic",
    purpose: "What a text is about; several may hold.",
    labels: [
      {
        name: "topic",
        level: "record",
        multi: true,
        description: "Every subject that the text is about.",
        options: options([
          ["product", "product", "what it does, its quality"],
          ["price", "price", "cost, value, discounts"],
          ["delivery", "delivery", "shipping, delays, damage on the way"],
          ["support", "support", "people who answer, waiting, complaints handled"],
          ["account", "account", "sign-in, data, billing details"],
          ["other", "other"],
        ]),
      },
    ],
  },
  {
    id: "ner",
    name: "Named entities",
    purpose: "People, organisations and places, marked in the text.",
    labels: [
      {
        name: "entity",
        level: "span",
        description: "The whole name, without titles and punctuation.",
        options: options([
          ["PER", "person"],
          ["ORG", "organisation"],
          ["LOC", "location"],
          ["MISC", "other name", "works, events, products, nationalities"],
        ]),
      },
    ],
  },
  {
    id: "nli",
    name: "Inference (NLI)",
    purpose: "Whether a hypothesis follows from a premise; import one of them as metadata that is shown.",
    labels: [
      {
        name: "inference",
        level: "record",
        description: "Judge the hypothesis by the premise alone.",
        options: options([
          ["entailment", "entailment", "the hypothesis must be true"],
          ["neutral", "neutral", "the hypothesis may or may not be true"],
          ["contradiction", "contradiction", "the hypothesis must be false"],
        ]),
      },
    ],
  },
  {
    id: "toxicity",
    name: "Toxicity",
    purpose: "Whether a text is abusive, and in which way.",
    labels: [
      {
        name: "toxic",
        level: "record",
        description: "Would it make a reasonable person leave the discussion?",
        options: options([
          ["yes", "toxic"],
          ["no", "not toxic"],
        ]),
      },
      {
        name: "kind of toxicity",
        level: "record",
        multi: true,
        description: "Only for toxic texts; every kind that holds.",
        options: options([
          ["insult", "insult"],
          ["threat", "threat"],
          ["identity", "attack on identity", "race, religion, sex, orientation, disability"],
          ["profanity", "profanity"],
          ["none", "none of these"],
        ]),
      },
    ],
  },
  {
    id: "intent",
    name: "Intent",
    purpose: "What the writer wants to happen.",
    labels: [
      {
        name: "intent",
        level: "record",
        description: "The one thing the writer wants most.",
        options: options([
          ["question", "ask a question", "wants information"],
          ["request", "request an action", "wants something done"],
          ["complaint", "complain", "wants it known that something is wrong"],
          ["cancel", "cancel", "wants to end an order or contract"],
          ["praise", "praise", "wants to thank or recommend"],
          ["other", "other"],
        ]),
      },
    ],
  },
];
