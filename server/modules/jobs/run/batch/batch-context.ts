import type { Db } from "@/server/platform/db";
import type { LlmBatches, ProviderRequest } from "@/server/platform/llm";
import type { Log } from "@/server/platform/log";
import type { PreparedStatements } from "@/server/platform/prepared-statements";
import type { Pace } from "../back-off";
import type { JobRun } from "../load-job-run";
import type { Holder } from "./job-batches";

/** What the parts of a run in batches share. */
export type BatchContext = {
  db: Db;
  ledger: PreparedStatements;
  run: JobRun;
  holder: Holder;
  batches: LlmBatches;
  place: ProviderRequest;
  pace: Pace;
  log: Log;
  /** Aborted: the worker stops. */
  signal: AbortSignal;
};

/** Files of requests and of results take longer than a call. */
const TIMEOUT_MS = 300_000;

/** Where the job's batches are handed in. */
export const placeOf = ({ provider, baseUrl, apiKey }: JobRun): ProviderRequest => ({
  provider,
  baseUrl,
  apiKey,
  timeoutMs: TIMEOUT_MS,
});
