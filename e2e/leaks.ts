import { expect } from "@playwright/test";
import { sampleMessages } from "@/prisma/seed/sample";
import { findLeaks } from "@/server/testing/find-leaks";
import type { RestClient } from "./walkthrough/rest-client";

/** Keys that people type in tests; they stand nowhere else, so they are looked for in all that comes out. */
export const CANARY_KEYS = {
  job: "sk-canary-of-a-job-4c91d7",
  tryOut: "sk-canary-of-a-try-out-e08b35",
  retry: "sk-canary-of-a-retry-77a2f0",
} as const;

/** Texts of records long enough to stand nowhere by chance. */
const canaryTexts = (): Record<string, string> =>
  Object.fromEntries(
    sampleMessages()
      .filter(({ content }) => content.length >= 40)
      .slice(0, 50)
      .map(({ id, content }) => [`the text of ${id}`, content]),
  );

/** A server's log holds no key and no text of a record, whatever was done with it. */
export function expectQuietLog(log: string): void {
  expect(findLeaks({ ...CANARY_KEYS, ...canaryTexts() }, { log })).toEqual([]);
}

/** What programs can read and files that people take along, by name. */
export async function readEverything({ call }: RestClient, project: string): Promise<Record<string, string>> {
  const paths = [
    ...["records", "annotations", "verifications", "final"].map(
      (kind) => `/export?kind=${kind}&format=jsonl&label=sentiment`,
    ),
    "/export/card?label=sentiment",
    "/jobs?limit=50",
    "/agents?includeJobs=1",
    "/audit?limit=200",
    "/llm-keys",
  ];
  const outputs: Record<string, string> = {};
  for (const path of paths) {
    const { text, headers } = await call("GET", `/projects/${project}${path}`);
    outputs[path] = `${text}\n${JSON.stringify([...headers])}`;
  }
  return outputs;
}

/** None of the keys is in any of the outputs. */
export function expectNoKeys(outputs: Readonly<Record<string, string>>): void {
  expect(findLeaks(CANARY_KEYS, outputs)).toEqual([]);
}
