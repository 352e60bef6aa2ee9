import type { Job, JobItem } from "@/contracts/jobs";

type Tone = "neutral" | "accent" | "good" | "warn" | "bad";
type Look = { text: string; tone: Tone; live: boolean };

const looks: Readonly<Record<string, Look>> = {
  queued: { text: "Queued", tone: "neutral", live: true },
  running: { text: "Running", tone: "accent", live: true },
  paused: { text: "Paused", tone: "warn", live: false },
  succeeded: { text: "Finished", tone: "good", live: false },
  failed: { text: "Failed", tone: "bad", live: false },
  cancelled: { text: "Cancelled", tone: "neutral", live: false },
} satisfies Record<Job["status"], Look>;

export const statusLook = (status: string): Look =>
  looks[status] ?? { text: status, tone: "neutral", live: false };

export const isOver = (status: Job["status"]): boolean =>
  status === "succeeded" || status === "failed" || status === "cancelled";

/** Why a job paused, and what to do about it. */
export const pausedWords: Record<NonNullable<Job["pausedReason"]>, { title: string; advice: string }> = {
  person: { title: "Somebody paused this job", advice: "Resume it to go on where it stopped." },
  auth: {
    title: "The provider refused the key",
    advice: "Resume with another key; nothing that was answered is asked again.",
  },
  provider_outage: {
    title: "The provider does not answer",
    advice: "The job tries again by itself and goes on when the provider is back.",
  },
  spend_cap: {
    title: "The spend cap is reached",
    advice: "Resume with a higher cap, or cancel: labels that were written stay.",
  },
  model_refused: {
    title: "The provider refused the model",
    advice: "Check the model's name in the agent. Resume when the provider allows it, or start another job.",
  },
  out_of_credit: {
    title: "The account has no credit left",
    advice: "Add credit at the provider and resume, or resume with another key.",
  },
  error_policy: {
    title: "A call failed in a way that was to stop the job",
    advice: "See below what the provider said. Resume to go on; the record is asked again.",
  },
  batch_refused: {
    title: "The provider did not take the batch",
    advice:
      "See below what it said. Nothing of it was asked: resume to hand it in again, or start a live job.",
  },
};

export const itemStatusLook: Record<JobItem["status"], { text: string; tone: Tone }> = {
  queued: { text: "Waiting", tone: "neutral" },
  running: { text: "Asking", tone: "accent" },
  parsed: { text: "Labelled", tone: "good" },
  invalid: { text: "Unreadable", tone: "warn" },
  callFailed: { text: "Call failed", tone: "bad" },
  promptInvalid: { text: "No prompt", tone: "bad" },
};

const reasons: Record<string, string> = {
  empty: "The answer is empty.",
  no_field: "The answer does not name the label's field.",
  unknown_option: "The answer names something that is no option.",
  two_options: "The answer names more than one option.",
  conflicting_fields: "The answer gives the label twice, with different values.",
  ambiguous_label: "The answer fits several labels.",
  cut_off: "The answer ends in the middle of the value.",
  not_a_list: "The label's field holds no list of spans, or one that does not end.",
  unreadable_span: "An entry of its list is no quote with an option.",
  too_many_spans: "It lists more spans than are read.",
  empty_quote: "A span has no words.",
  quote_not_found: "Words that it quotes are not in the text.",
  ambiguous_quote: "Words that it quotes stand in the text more than once, and it does not say which.",
  no_such_occurrence: "Words that it quotes stand in the text less often than it says.",
  conflicting_place: "A span's place and its words are at different places.",
  refusal: "The model refused to answer.",
  tie: "Its answers are divided: no option has the most.",
  record_deleted: "The record was deleted.",
  example: "The record is an example of the prompt, or repeats one.",
  missing_metadata: "The record lacks a value that the prompt shows.",
};

/** Why an item has no label, for people. */
export const reasonText = (reason: string): string => reasons[reason] ?? reason.replaceAll("_", " ");

/** Why a label has no confidence. */
export function confReasonText({ value, spans }: Pick<JobItem, "value" | "spans">): string {
  if (value !== null) return "The model gave no log-probabilities, or they were not asked for";
  return spans.length > 0 ? "Each span has its own" : "There is no label";
}

export const modeWords: Record<Job["mode"], string> = { live: "call by call", batch: "in batches" };

export const jobTitle = (job: Pick<Job, "agentName" | "agentVersion">): string =>
  `${job.agentName} v${job.agentVersion}`;

/** Items that came to nothing; examples of the prompt are left out on purpose. */
export const failedCount = ({ callFailed, promptInvalid, examples }: Job["counts"]): number =>
  callFailed + promptInvalid - examples;

/** Items that are accounted for, whatever became of them. */
export const doneCount = ({ parsed, invalid, callFailed, promptInvalid }: Job["counts"]): number =>
  parsed + invalid + callFailed + promptInvalid;
