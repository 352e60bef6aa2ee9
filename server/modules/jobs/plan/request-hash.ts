import { sha256 } from "@/server/platform/crypto";

export type HashedRequest = {
  provider: string;
  baseUrl: string | null;
  parameters: Readonly<Record<string, unknown>>;
  messages: readonly { role: string; content: string }[];
  /** Set: the answer is shared within this job only, because the job asks anew. */
  onlyJobId: string | null;
};

/** What tells two requests apart: equal ones are paid once. */
export function requestHash({ provider, baseUrl, parameters, messages, onlyJobId }: HashedRequest): string {
  const sorted = Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1));
  const texts = messages.map(({ role, content }) => [role, content]);
  const sample = 0;
  return sha256(JSON.stringify([provider, baseUrl, sorted, texts, sample, onlyJobId]));
}
