import type { z } from "zod";
import { createLlm } from "../create-llm";
import type { LlmCompletion, LlmRequest } from "../port";
import { json, type ScriptedProvider, startScriptedProvider } from "./scripted-provider";

export const KEY = "key-of-the-run-0123456789";

export type AskedDouble = ScriptedProvider & {
  /** One call of the adapter under test, over real HTTP. */
  ask(over?: Partial<LlmRequest>): Promise<LlmCompletion>;
  /** The next calls are answered with this. */
  say(body: unknown, status?: number, headers?: Record<string, string>): void;
};

/**
 * A double of one provider: it refuses what the provider's published reference does not name, in the provider's own
 * words, so that an adapter that sends anything else fails its test.
 * @param body the request by the reference; unknown fields are refused
 * @param refuse how the provider words a refusal
 */
export async function startAskedDouble({
  provider,
  root,
  body: shape,
  refuse,
}: {
  provider: string;
  /** Below the host: `/v1`. */
  root: string;
  body: z.ZodType;
  refuse(message: string): unknown;
}): Promise<AskedDouble> {
  const double = await startScriptedProvider();
  const { origin } = double;
  const baseUrl = `${origin}${root}`;
  const llm = createLlm({
    openai: { apiKey: undefined, baseUrl: undefined, organization: undefined },
    allowedHosts: [],
    trustedOrigins: [origin],
  });
  return Object.assign(double, {
    ask: (over: Partial<LlmRequest> = {}) =>
      llm.complete(
        {
          provider,
          baseUrl,
          apiKey: KEY,
          messages: [
            { role: "system", content: "You label texts." },
            { role: "user", content: "Label: $1 {} 'quotes'\n🙂" },
          ],
          parameters: { model: "model-1" },
          timeoutMs: 5_000,
          ...over,
        },
        new AbortController().signal,
      ),
    say: (body: unknown, status = 200, headers: Record<string, string> = {}) =>
      double.answer((response, call) => {
        const checked = shape.safeParse(call.body);
        if (checked.success) json(response, body, status, headers);
        else json(response, refuse(checked.error.message), 400);
      }),
  });
}
