import { costMicroUsd, type PromptMessage } from "@/server/modules/agents";
import { ASSUMED_ANSWER_TOKENS, answerBound } from "../plan/call-parameters";
import type { DueItem } from "./due-items";
import type { JobRun } from "./load-job-run";

/** An item whose prompt is made and whose turn has come. */
export type PreparedItem = {
  recordId: string;
  /** Calls made for it so far. */
  attempts: number;
  messages: PromptMessage[];
  hash: string;
  /** Which of the answers about it this call is for, from 0. */
  sample: number;
  /** What its call may cost at most, micro-dollars; 0 when the price is not known. */
  boundMicroUsd: number;
};

export type Preparation = {
  prepared: PreparedItem[];
  invalid: { recordId: string; reason: string; message: string }[];
};

/** Where nothing is capped, the bound only says what an uncertain call is counted at; an estimate will do. */
const BYTES_PER_TOKEN = 3;

/** Makes the prompts of items, or says why that can't be done. */
export async function prepareItems(run: JobRun, items: readonly DueItem[]): Promise<Preparation> {
  const preparation: Preparation = { prepared: [], invalid: [] };
  const prompts = await run.makePrompts(items);
  for (const [place, { recordId, attempts, sampled: sample }] of items.entries()) {
    const made = prompts[place];
    if (!made) continue;
    if (!made.ok) {
      preparation.invalid.push({ recordId, reason: made.reason, message: made.message });
      continue;
    }
    const { messages } = made;
    const hash = run.hashOf(messages, sample);
    preparation.prepared.push({
      recordId,
      attempts,
      messages,
      hash,
      sample,
      boundMicroUsd: boundOf(run, messages),
    });
  }
  return preparation;
}

function boundOf(run: JobRun, messages: PromptMessage[]): number {
  if (run.price === null) return 0;
  const prompt = run.capped
    ? run.tokenCounter.countChat(messages).tokens
    : messages.reduce((sum, { content }) => sum + Math.ceil(Buffer.byteLength(content) / BYTES_PER_TOKEN), 0);
  const completion = answerBound(run.parameters) ?? ASSUMED_ANSWER_TOKENS;
  return costMicroUsd({ prompt, completion }, run.price) ?? 0;
}
