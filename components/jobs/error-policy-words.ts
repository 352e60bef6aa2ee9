import {
  type CompleteErrorPolicy,
  type ErrorAction,
  errorAction,
  type PolicyKind,
  policyKind,
} from "@/contracts/jobs";

/** Kinds of errors of a single call, for people. */
export const errorKindWords: Record<PolicyKind, { name: string; hint: string }> = {
  rate_limited: { name: "Too many calls", hint: "The provider asks to slow down, and the job does." },
  provider_error: { name: "Error at the provider", hint: "Something broke there, or it is overloaded." },
  timeout: { name: "No answer in time", hint: "The call took longer than the time-out." },
  connection: { name: "Connection lost", hint: "The provider was not reached, or the line broke." },
  bad_request: { name: "Request refused", hint: "As a text that is too long; mostly refused again." },
};

/** What a job can do after an error. */
export const errorActionWords: Record<ErrorAction, { name: string; hint: string }> = {
  retry: { name: "Try again", hint: "As often as further tries allow, then skip the record" },
  skip: { name: "Skip the record", hint: "It can be tried again when the job has ended" },
  stop: { name: "Pause the job", hint: "Until somebody resumes it; the record is asked again" },
};

type Policy = { errorPolicy: CompleteErrorPolicy; maxRetries: number };

/** What a job does after which errors, in words; what it never does is left out. */
export function policyLines({ errorPolicy, maxRetries }: Policy): { action: string; kinds: string }[] {
  return errorAction.options.flatMap((action) => {
    const kinds = policyKind.options.filter((kind) => errorPolicy[kind] === action);
    if (kinds.length === 0) return [];
    return [
      {
        action: action === "retry" ? retryWords(maxRetries) : errorActionWords[action].name,
        kinds: kinds.map((kind) => errorKindWords[kind].name.toLowerCase()).join(", "),
      },
    ];
  });
}

function retryWords(maxRetries: number): string {
  if (maxRetries === 0) return "Skip the record, without a further try";
  return `Try again ${maxRetries === 1 ? "once" : `up to ${maxRetries} times`}, then skip the record`;
}
