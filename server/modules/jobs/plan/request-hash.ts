import { sha256 } from "@/server/platform/crypto";

export type HashedRequest = {
  provider: string;
  baseUrl: string | null;
  parameters: Readonly<Record<string, unknown>>;
  messages: readonly { role: string; content: string }[];
  /** Which of several answers to the same prompt; 0: the first or only one. */
  sample: number;
  /** Set: the answer is shared within this job only, because the job asks anew. */
  onlyJobId: string | null;
};

/** What tells two requests apart: equal ones are paid once. */
export function requestHash(request: HashedRequest): string {
  const { provider, baseUrl, parameters, messages, sample, onlyJobId } = request;
  const sorted = Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1));
  const texts = messages.map(({ role, content }) => [role, content]);
  return sha256(JSON.stringify([provider, baseUrl, sorted, texts, sample, onlyJobId]));
}
