import { createHash } from "node:crypto";
import { seededRandom } from "../seeded-random";

/** One label that the double answers: the field's name in the answer, and its options by text. */
type DoubleField = { field: string; options: readonly string[] };

type SeededRequest = {
  model: string;
  messages: readonly { role: string; content: string }[];
};
export type SeededSettings = {
  fields: readonly DoubleField[];
  seed?: number;
  /** Share of answers that no label can be read from; default 0.06. */
  invalidShare?: number;
  form?: "text" | "json";
};

type DoubleToken = { token: string; logprob: number; top: { token: string; logprob: number }[] };
export type SeededAnswer = {
  kind: "valid" | "prose" | "unknown-option" | "empty" | "refusal";
  text: string;
  refusal: string | null;
  tokens: DoubleToken[];
  /** Of each field, in order: the option given, and the model's probability of each option. */
  fields: { field: string; chosen: string; probabilities: Record<string, number> }[];
  usage: { prompt: number; completion: number };
};

const INVALID = ["prose", "unknown-option", "empty", "refusal"] as const;
const DEFAULT_INVALID_SHARE = 0.06;
const OTHER = "mixed";

/**
 * What the double answers: a function of model and messages alone (and of its own settings), so that a test can
 * say beforehand what the product must find. `chosen` is the likeliest option; options that begin alike share
 * their first token; some probability goes to a word that is no option.
 */
export function seededAnswer(request: SeededRequest, settings: SeededSettings): SeededAnswer {
  const { seed = 0, invalidShare = DEFAULT_INVALID_SHARE } = settings;
  const text = JSON.stringify([
    seed,
    request.model,
    request.messages.map(({ role, content }) => [role, content]),
  ]);
  const random = seededRandom(createHash("sha256").update(text).digest().readUInt32LE());
  const invalid = random() < invalidShare ? INVALID[Math.floor(random() * INVALID.length)] : undefined;
  const fields = settings.fields.map(({ field, options }) => decide(field, options, random));
  const characters = request.messages.reduce((sum, { content }) => sum + content.length, 0);
  const tokens = invalid ? invalidTokens(invalid, settings) : validTokens(fields, settings);
  const refused = invalid === "refusal";
  return {
    kind: invalid ?? "valid",
    text: refused ? "" : tokens.map(({ token }) => token).join(""),
    refusal: refused ? "I can't help with that." : null,
    tokens: refused ? [] : tokens,
    fields,
    usage: { prompt: Math.ceil(characters / 4), completion: tokens.length },
  };
}

function decide(
  field: string,
  options: readonly string[],
  random: () => number,
): SeededAnswer["fields"][number] {
  const weights = options.map(() => 0.02 + random() ** 3);
  const covered = 0.9 + 0.1 * random();
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const entries = options.map((option, at): [string, number] => [
    option,
    ((weights[at] ?? 0) / total) * covered,
  ]);
  const [chosen = ""] = entries.reduce((best, entry) => (entry[1] > best[1] ? entry : best));
  return { field, chosen, probabilities: Object.fromEntries(entries) };
}

const certain = (token: string): DoubleToken => ({ token, logprob: 0, top: [{ token, logprob: 0 }] });

function invalidTokens(kind: (typeof INVALID)[number], { fields }: SeededSettings): DoubleToken[] {
  if (kind === "empty" || kind === "refusal") return [];
  const [first] = fields;
  if (kind === "unknown-option") return [certain(`${first?.field}:`), certain(` ${OTHER}`)];
  return ["I", " can't", " say", " whether", " this", ` is ${first?.options[0]}`, "."].map(certain);
}

function validTokens(fields: SeededAnswer["fields"], { form = "text" }: SeededSettings): DoubleToken[] {
  if (form === "json")
    return [
      ...fields.flatMap((one, at) => [
        certain(`${at === 0 ? "{" : ", "}"${one.field}": "`),
        ...optionTokens(one, ""),
        certain('"'),
      ]),
      certain("}"),
    ];
  return fields.flatMap((one, at) => [
    certain(`${at === 0 ? "" : "\n"}${one.field}:`),
    ...optionTokens(one, " "),
  ]);
}

/** The first token says the part that the option shares with others, or all of it; the second the rest. */
function optionTokens(
  { chosen, probabilities }: SeededAnswer["fields"][number],
  lead: string,
): DoubleToken[] {
  const options = Object.keys(probabilities);
  const first = (option: string) => lead + option.slice(0, sharedStart(option, options) || option.length);
  const masses = new Map<string, number>();
  for (const option of options)
    masses.set(first(option), (masses.get(first(option)) ?? 0) + (probabilities[option] ?? 0));
  const covered = [...masses.values()].reduce((sum, mass) => sum + mass, 0);
  masses.set(`${lead}${OTHER}`, Math.max(0, 1 - covered));
  const start = first(chosen);
  const tokens = [asToken(start, masses)];
  if (start.length < lead.length + chosen.length) {
    const alike = options.filter((option) => first(option) === start);
    const mass = masses.get(start) ?? 1;
    const rest = (option: string) => option.slice(start.length - lead.length);
    tokens.push(
      asToken(
        rest(chosen),
        new Map(alike.map((option) => [rest(option), (probabilities[option] ?? 0) / mass])),
      ),
    );
  }
  return tokens;
}

/** Characters that the option has in common with the beginning of another; 0: none. */
function sharedStart(option: string, options: readonly string[]): number {
  const common = (a: string, b: string) => {
    let length = 0;
    while (length < Math.min(a.length, b.length) && a[length] === b[length]) length++;
    return length;
  };
  return Math.max(0, ...options.filter((other) => other !== option).map((other) => common(option, other)));
}

function asToken(token: string, masses: ReadonlyMap<string, number>): DoubleToken {
  const top = [...masses]
    .filter(([, mass]) => mass > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([text, mass]) => ({ token: text, logprob: Math.log(mass) }));
  return { token, logprob: Math.log(masses.get(token) ?? 1), top };
}

/** The confidence that statistics.md asks for: the chosen option's share of what the options have. */
export function expectedConfidence({ chosen, probabilities }: SeededAnswer["fields"][number]): number {
  const covered = Object.values(probabilities).reduce((sum, mass) => sum + mass, 0);
  return (probabilities[chosen] ?? 0) / covered;
}
