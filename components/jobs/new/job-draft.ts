import { parseQueryText } from "@/components/query/query-text";
import type { Agent } from "@/contracts/agents";
import type { FieldProblem } from "@/contracts/common";
import {
  type CompleteErrorPolicy,
  type ErrorPolicy,
  type EstimateJobInput,
  type JobMode,
  policyKind,
  type StartJobInput,
  usualErrorPolicy,
} from "@/contracts/jobs";

export type RecordChoice = "all" | "subset" | "search" | "records";

/** What the form holds, numbers as they were typed. */
export type JobDraft = {
  agentId: string | null;
  /** null: the newest. */
  versionId: string | null;
  choice: RecordChoice;
  subsetId: string | null;
  search: string;
  recordIds: string[];
  /** null: all that the agent asks for. */
  labels: string[] | null;
  mode: JobMode;
  conf: boolean;
  length: boolean;
  spendCapUsd: string;
  concurrency: string;
  maxRetries: string;
  timeoutSeconds: string;
  errorPolicy: CompleteErrorPolicy;
  fresh: boolean;
  apiKey: string;
};

/** What the address says: `?agent=&version=&subset=&q=&records=`, so that any screen can link to a prepared form. */
export function draftFromAddress(params: URLSearchParams): JobDraft {
  const subsetId = params.get("subset");
  const search = params.get("q") ?? "";
  const recordIds = (params.get("records") ?? "").split(",").filter((id) => id !== "");
  const choice = recordIds.length > 0 ? "records" : subsetId ? "subset" : search ? "search" : "all";
  return {
    agentId: params.get("agent"),
    versionId: params.get("version"),
    choice,
    subsetId,
    search,
    recordIds,
    labels: null,
    mode: "live",
    conf: true,
    length: false,
    spendCapUsd: "",
    concurrency: "8",
    maxRetries: "5",
    timeoutSeconds: "60",
    errorPolicy: usualErrorPolicy,
    fresh: false,
    apiKey: "",
  };
}

type Read<T> = { input: T; problems: [] } | { input: null; problems: FieldProblem[] };

/** What the estimate asks, or what is wrong with the form; without problems and input it is not complete. */
export function readEstimate(
  project: string,
  draft: JobDraft,
  agent: Agent | undefined,
): Read<EstimateJobInput> {
  const records = readRecords(draft);
  const cap = readNumber("spendCapUsd", draft.spendCapUsd, { above: 0, to: 1_000_000 });
  const labels = agent?.prompt.labels.filter((name) => draft.labels?.includes(name) ?? true) ?? [];
  const problems = [
    ...records.problems,
    ...cap.problems,
    ...(agent && labels.length === 0 ? [{ path: "labels", message: "Choose at least one label." }] : []),
  ];
  if (problems.length > 0 || !agent || !records.input) return { input: null, problems };
  return {
    input: {
      project,
      ...(draft.versionId ? { agentVersionId: draft.versionId } : { agentId: agent.id }),
      ...records.input,
      labels,
      mode: draft.mode,
      labelMetadata: [...(draft.conf ? ["conf" as const] : []), ...(draft.length ? ["length" as const] : [])],
      ...(cap.value === null ? {} : { spendCapUsd: cap.value }),
    },
    problems: [],
  };
}

/** What starts the job. */
export function readStart(project: string, draft: JobDraft, agent: Agent | undefined): Read<StartJobInput> {
  const estimate = readEstimate(project, draft, agent);
  const concurrency = readNumber("concurrency", draft.concurrency, { from: 1, to: 64, whole: true });
  const maxRetries = readNumber("maxRetries", draft.maxRetries, { from: 0, to: 20, whole: true });
  const seconds = readNumber("timeoutMs", draft.timeoutSeconds, { from: 1, to: 600 });
  const problems = [estimate, concurrency, maxRetries, seconds].flatMap((part) => part.problems);
  if (problems.length > 0 || !estimate.input) return { input: null, problems };
  const apiKey = draft.apiKey.trim();
  const policy = unusual(draft.errorPolicy);
  return {
    input: {
      ...estimate.input,
      concurrency: concurrency.value ?? 8,
      maxRetries: maxRetries.value ?? 5,
      timeoutMs: Math.round((seconds.value ?? 60) * 1000),
      fresh: draft.fresh,
      ...(Object.keys(policy).length === 0 ? {} : { errorPolicy: policy }),
      ...(apiKey === "" ? {} : { apiKey }),
    },
    problems: [],
  };
}

/** What differs from the usual. */
export const unusual = (policy: CompleteErrorPolicy): ErrorPolicy =>
  Object.fromEntries(
    policyKind.options.flatMap((kind) =>
      policy[kind] === usualErrorPolicy[kind] ? [] : [[kind, policy[kind]]],
    ),
  );

type Records = Pick<EstimateJobInput, "subsetId" | "query" | "recordIds">;

function readRecords({ choice, subsetId, search, recordIds }: JobDraft): {
  input: Records | null;
  problems: FieldProblem[];
} {
  if (choice === "all") return { input: {}, problems: [] };
  if (choice === "records") return { input: { recordIds }, problems: [] };
  if (choice === "subset") return { input: subsetId ? { subsetId } : null, problems: [] };
  const { query, problems } = parseQueryText(search);
  return { input: query ? { query } : null, problems };
}

type Range = { above?: number; from?: number; to: number; whole?: boolean };

/** An empty field is no number; so is what the person has only begun to type. */
function readNumber(
  path: string,
  text: string,
  { above, from, to, whole }: Range,
): { value: number | null; problems: FieldProblem[] } {
  if (text.trim() === "") return { value: null, problems: [] };
  const value = Number(text);
  const low = above === undefined ? value >= (from ?? Number.NEGATIVE_INFINITY) : value > above;
  if (low && value <= to && (!whole || Number.isInteger(value))) return { value, problems: [] };
  const range = above === undefined ? `from ${from} to ${to}` : `above ${above}, at most ${to}`;
  return { value: null, problems: [{ path, message: `Give a ${whole ? "whole " : ""}number ${range}.` }] };
}
