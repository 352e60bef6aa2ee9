import { type Provider, providers } from "@/contracts/providers";

type Asked = { provider: Provider; baseUrl: string | null };

/** Who answers an agent, by the way in which it is asked; the built-in model is nobody's. */
export const providerOf = ({ provider, baseUrl }: Asked): string =>
  baseUrl === "builtin" ? "Built in" : providers[provider].title;

/** Where an agent's calls go, in words. */
export function placeOf({ provider, baseUrl }: Asked): string {
  if (baseUrl === null)
    return provider.startsWith("openai:")
      ? "OpenAI, or this server's own address"
      : providers[provider].ownAddress;
  return baseUrl === "builtin"
    ? `Runs on this server, not an LLM; asked as ${providers[provider].title} is`
    : new URL(baseUrl).host;
}

const confReasons: Record<string, string> = {
  no_logprobs: "The model gave no log-probabilities",
  no_alternatives: "The model gave no alternatives to compare with",
  multi_select: "A label with several values has no single confidence",
  single_option: "A label with one option leaves nothing to be sure of",
  tokens_mismatch: "The tokens that the model reported are not its answer",
  not_spelled: "The tokens do not spell the option letter by letter",
  no_span: "There is no span to be sure of",
  no_mass: "The model gave none of the options any probability",
};

/** Why there is no confidence, from `confReason`. */
export const confReasonText = (reason: string | null): string | undefined =>
  reason === null ? undefined : (confReasons[reason] ?? reason);

const confMethods: Record<string, string> = {
  "option-probability": "the probability of the option among the label's options",
  verbalised: "as the model said of itself",
  "self-consistency": "the share of several answers that agree",
  agreement: "the share of other agents that agree",
};

/** How a confidence was worked out, from `confMethod`. */
export const confMethodText = (method: string | null): string =>
  method === null ? "" : (confMethods[method] ?? method);

const invalidReasons: Record<string, string> = {
  empty: "The answer is empty",
  no_field: "The answer does not name the label, nor is it an option alone",
  unknown_option: "What it names is no option",
  two_options: "It names more than one option",
  conflicting_fields: "It gives the label twice, differently",
  ambiguous_label: "It is an option of several labels",
  not_a_list: "The label's field holds no list of spans, or one that did not end",
  unreadable_span: "An entry of its list is no quote with an option",
  too_many_spans: "It lists more spans than are read",
  empty_quote: "A span has no words",
  quote_not_found: "Words that it quotes are not in the text",
  ambiguous_quote: "Words that it quotes stand in the text more than once, and it does not say which",
  no_such_occurrence: "Words that it quotes stand in the text less often than it says",
  conflicting_place: "A span's place and its words are at different places",
  cut_off: "It ended at its length limit, inside the value",
};

/** Why an answer could not be read, from `reason`. */
export const invalidReasonText = (reason: string | null): string =>
  reason === null ? "" : (invalidReasons[reason] ?? reason);
