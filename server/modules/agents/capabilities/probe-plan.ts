import type { CapabilityName, Finding } from "@/contracts/model-capabilities";
import type { LlmCompletion, LlmError, LlmRequest } from "@/server/platform/llm";

/** What one probe asks for; what a model has refused is not asked for again. */
export type ProbeWish = {
  system: boolean;
  temperature: boolean;
  seed: boolean;
  schema: boolean;
  /** Alternatives a token; null: no log-probabilities. */
  topLogprobs: number | null;
  /** The name of the limit on the answer. */
  limit: "max_tokens" | "max_completion_tokens";
};

/** What has been found out so far. */
export type ProbeState = {
  wish: ProbeWish;
  findings: Map<CapabilityName, Finding>;
  /** By our names of parameters. */
  refused: string[];
};

/** Alternatives that are asked for, and those that every provider gives that gives any. */
const MANY = 20;
const FEW = 5;
/** A model that thinks spends tokens before it answers. */
const LIMIT = 512;
const KINDS = ["fruit", "tool"];

export const firstWish: ProbeWish = {
  system: true,
  temperature: true,
  seed: true,
  schema: true,
  topLogprobs: MANY,
  limit: "max_tokens",
};

/**
 * The words of a probe: a labelling task that any model can do, about no record of the team's. Only the schema asks
 * for JSON, so that an answer in JSON shows that the model was held to it.
 */
export function probeRequest(wish: ProbeWish, model: string): Pick<LlmRequest, "messages" | "parameters"> {
  const system = { role: "system" as const, content: "You label texts." };
  const task = `Label the kind of the text as ${KINDS.join(" or ")}. Answer with the kind alone.\nText:\n'''\nA ripe banana.\n'''`;
  return {
    messages: [...(wish.system ? [system] : []), { role: "user", content: task }],
    parameters: {
      model,
      [wish.limit]: LIMIT,
      ...(wish.temperature ? { temperature: 0 } : {}),
      ...(wish.seed ? { seed: 1 } : {}),
      ...(wish.topLogprobs === null ? {} : { logprobs: true, top_logprobs: wish.topLogprobs }),
      ...(wish.schema ? { answer_schema: { name: "kind", schema: SCHEMA } } : {}),
    },
  };
}

const SCHEMA = {
  type: "object",
  properties: { kind: { type: "string", enum: KINDS } },
  required: ["kind"],
  additionalProperties: false,
};

/** What an answer shows of everything that was asked for. */
export function learnFromAnswer({ wish, findings, refused }: ProbeState, answer: LlmCompletion): ProbeState {
  const learned = new Map(findings);
  const accepted: Finding = { state: "yes", detail: "Accepted." };
  if (wish.system) learned.set("systemMessage", accepted);
  if (wish.temperature) learned.set("temperature", accepted);
  if (wish.seed) learned.set("seed", accepted);
  if (wish.topLogprobs !== null) learned.set("logprobs", logprobsOf(answer));
  if (wish.schema) learned.set("structuredOutput", structureOf(answer));
  return { wish, findings: learned, refused };
}

function logprobsOf({ tokens }: LlmCompletion): Finding {
  if (!tokens || tokens.length === 0)
    return { state: "no", detail: "Asked for, but the answer came without." };
  const most = Math.max(...tokens.map(({ top }) => top.length));
  return most === 0
    ? { state: "no", detail: "Only of the chosen tokens, without alternatives." }
    : { state: "yes", detail: `With ${most} alternatives a token.` };
}

function structureOf({ text, finishReason }: LlmCompletion): Finding {
  if (text === "" || finishReason === "length")
    return { state: "unknown", detail: "The answer was empty or cut." };
  return isKind(text)
    ? { state: "yes", detail: "The answer followed the schema." }
    : { state: "no", detail: "Accepted, but the answer did not follow the schema." };
}

function isKind(text: string): boolean {
  try {
    const kind: unknown = Reflect.get(Object(JSON.parse(text)), "kind");
    return typeof kind === "string" && KINDS.includes(kind);
  } catch {
    // No JSON: the model was not held to the schema.
    return false;
  }
}

/** What our parameters are to the capabilities that people look for. */
const CAPABILITY_OF: Record<string, CapabilityName> = {
  system: "systemMessage",
  temperature: "temperature",
  seed: "seed",
  logprobs: "logprobs",
  top_logprobs: "logprobs",
  answer_schema: "structuredOutput",
};

/**
 * What a refusal shows, and what to ask for next; null when asking on would show no more. A refusal that names none
 * of what was asked for is followed by a bare question, and that by one with what matters most.
 */
export function learnFromRefusal(state: ProbeState, error: LlmError): ProbeState | null {
  if (error.kind !== "bad_request") return null;
  const { wish, findings, refused } = state;
  const parameter = error.details.parameter ?? null;
  const next = wishWithout(wish, parameter);
  if (parameter === null || next === null) return isBare(wish) ? null : { ...state, wish: bare(wish) };
  if (parameter === "top_logprobs" && next.topLogprobs !== null) return { ...state, wish: next };
  const capability = CAPABILITY_OF[parameter];
  const learned = new Map(findings);
  if (capability) learned.set(capability, { state: "no", detail: error.message });
  return { wish: next, findings: learned, refused: [...refused, parameter] };
}

/** The same wish without what was refused, or null when it did not ask for that. */
function wishWithout(wish: ProbeWish, parameter: string | null): ProbeWish | null {
  switch (parameter) {
    case "system":
      return wish.system ? { ...wish, system: false } : null;
    case "temperature":
      return wish.temperature ? { ...wish, temperature: false } : null;
    case "seed":
      return wish.seed ? { ...wish, seed: false } : null;
    case "answer_schema":
      return wish.schema ? { ...wish, schema: false } : null;
    case "logprobs":
      return wish.topLogprobs === null ? null : { ...wish, topLogprobs: null };
    case "top_logprobs":
      return wish.topLogprobs === null ? null : { ...wish, topLogprobs: wish.topLogprobs > FEW ? FEW : null };
    case "max_tokens":
      return wish.limit === "max_tokens" ? { ...wish, limit: "max_completion_tokens" } : null;
    default:
      return null;
  }
}

const bare = ({ limit }: ProbeWish): ProbeWish => ({
  system: false,
  temperature: false,
  seed: false,
  schema: false,
  topLogprobs: null,
  limit,
});

const isBare = (wish: ProbeWish): boolean =>
  !wish.system && !wish.temperature && !wish.seed && !wish.schema && wish.topLogprobs === null;

/** After a bare question was answered: what a labelling job needs most. Null when there is nothing left to ask. */
export function wishAfterBareAnswer({ wish, findings }: ProbeState): ProbeWish | null {
  if (!isBare(wish)) return null;
  const logprobs = findings.get("logprobs")?.state !== "no";
  const temperature = findings.get("temperature")?.state !== "no";
  if (!logprobs && !temperature) return null;
  return { ...wish, temperature, topLogprobs: logprobs ? FEW : null };
}
