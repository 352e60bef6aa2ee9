import { z } from "zod";
import { readFailure } from "../http/read-failure";
import { LlmError } from "../port";

/** Some gateways answer 200 and put the error into the body. */
const hiddenError = z.object({
  error: z.object({ code: z.unknown(), message: z.unknown() }).refine(({ code, message }) => code || message),
});

/** The error that a body stands for which holds no answer. @param expected "chat completion" */
export function notAnAnswer(body: unknown, expected: string, apiKey: string | null): LlmError {
  if (!hiddenError.safeParse(body).success)
    return new LlmError("provider_error", `The provider's answer is not a ${expected}.`, null, 200);
  const code = Number(hiddenError.parse(body).error.code);
  const status = code >= 400 && code < 600 ? code : 502;
  return readFailure({ status, headers: {}, body: JSON.stringify(body), apiKey });
}
