import { type OpenedPrompts, type PromptMessage, refusalOf } from "@/server/modules/agents";

export type JobRecord = {
  recordId: string;
  externalId: string;
  content: string;
  metadata: unknown;
  deleted: boolean;
};
export type MadePrompt =
  | { ok: true; messages: PromptMessage[] }
  | { ok: false; reason: string; message: string };

/** The prompts of some records, in their order. */
export type MakePrompts = (records: readonly JobRecord[]) => Promise<MadePrompt[]>;

/**
 * What a job makes of its prompts. A record whose prompt would have a hole is not asked about, nor one that is an
 * example of the prompt or repeats one.
 */
export function createPromptMaker(prompts: Pick<OpenedPrompts, "make">): MakePrompts {
  return async (records) => {
    const made = await prompts.make(
      records.map((record) => ({ ...record, metadata: asObject(record.metadata) })),
    );
    return made.map((one, place): MadePrompt => {
      if (records[place]?.deleted)
        return { ok: false, reason: "record_deleted", message: "The record was deleted." };
      const refused = refusalOf(one);
      return refused
        ? { ok: false, reason: refused.kind, message: refused.message }
        : { ok: true, messages: one.rendered.messages };
    });
  };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const asObject = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});
