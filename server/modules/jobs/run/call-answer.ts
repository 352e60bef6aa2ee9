import { gzipSync } from "node:zlib";
import type { LlmToken } from "@/server/platform/llm";

/** The answer to one call, as it is kept. */
export type CallAnswer = {
  attemptId: string;
  recordId: string;
  hash: string;
  /** Which of the answers about the record it is, from 0. */
  sample: number;
  raw: string;
  finishReason: string | null;
  /** gzip of JSON, base64. */
  tokens: string | null;
  servedModel: string | null;
  promptTokens: number;
  completionTokens: number;
  tokensEstimated: boolean;
  /** null: the price is not known. */
  costMicroUsd: number | null;
  /** null: it came with a batch. */
  latencyMs: number | null;
};

/** PostgreSQL keeps no U+0000 and no half of a surrogate pair. */
export const storable = (text: string): string => text.replace(/[\0\p{Cs}]/gu, "\uFFFD");

/** Answers are short: most of the time of a larger window would go into making it. */
const PACKING = { level: 1, windowBits: 13, memLevel: 6 };

export const packTokens = (tokens: readonly LlmToken[] | null): string | null =>
  tokens === null ? null : gzipSync(JSON.stringify(tokens), PACKING).toString("base64");
