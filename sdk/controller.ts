import type {
  Agent,
  AgentVersion,
  CreatedVersion,
  createAgentInput,
  createVersionInput,
  listAgentsInput,
  PreviewOutput,
  previewAgentInput,
  VersionDiff,
} from "../contracts/agents";
import type {
  Job,
  JobEstimate,
  JobItem,
  JobSummary,
  listJobItemsInput,
  listJobsInput,
  PausedReason,
  resumeJobInput,
  startJobInput,
} from "../contracts/jobs";
import type { Provider } from "../contracts/providers";
import type { Authentication } from "./authentication";
import type { Filter, Given } from "./given";
import { type Client, createClient, path } from "./http/client";
import type { CallOptions } from "./http/http";
import { followJob, type JobRun } from "./jobs/follow-job";
import { type WatchOptions, watchJob } from "./jobs/watch-job";
import type { Pages } from "./pages";
import type { PromptTemplate } from "./prompt-template";
import type { Service } from "./service";
import type { Subset } from "./subset";

type AgentSettings = Omit<Given<typeof createAgentInput>, "provider" | "prompt"> & {
  provider?: Provider;
  prompt?: Given<typeof createAgentInput>["prompt"];
  /** Instead of `prompt`. */
  promptTemplate?: PromptTemplate;
};
type VersionSettings = Given<typeof createVersionInput, "id"> & { promptTemplate?: PromptTemplate };

/** Which agent (its newest version, or one of them) on which records; by default every record. */
type JobSettings = Given<typeof startJobInput, "subsetId"> & { subset?: Subset };
type RunOptions = WatchOptions & {
  /** Goes on watching a paused job until somebody has resumed or cancelled it. */
  waitWhilePaused?: boolean;
};

/** A pause that ends by itself, when the provider answers again. */
const PASSING: PausedReason = "provider_outage";

/** Agents and their jobs. */
export class Controller {
  readonly #client: Client;
  readonly #auth: Authentication;

  /** @param auth another caller than the service's */
  constructor(service: Service, auth: Authentication = service.auth) {
    this.#auth = auth;
    this.#client = createClient(auth.client.http, path`/projects/${service.project}`);
  }

  /**
   * Registers an agent: a model, its parameters, a prompt.
   * @throws TandemError `invalid_agent`: `errors` names every wrong field
   */
  createAgent(
    { provider = "openai:chat", ...settings }: AgentSettings,
    options?: CallOptions,
  ): Promise<Agent> {
    return this.#client.post<Agent>("/agents", { provider, ...withPrompt(settings) }, options);
  }

  /** A changed agent as its next version, with what changed; unchanged, the old one stays. */
  createVersion(agentId: string, settings: VersionSettings, options?: CallOptions): Promise<CreatedVersion> {
    return this.#client.post<CreatedVersion>(
      path`/agents/${agentId}/versions`,
      withPrompt(settings),
      options,
    );
  }

  /** @param filter `includeJobs` lists each agent's jobs */
  listAgents(filter: Filter<typeof listAgentsInput> = {}, options?: CallOptions): Pages<Agent> {
    return this.#client.list<Agent>("/agents", filter, options);
  }

  async listMyAgents(
    filter: Filter<typeof listAgentsInput, "createdBy"> = {},
    options?: CallOptions,
  ): Promise<Agent[]> {
    const { id } = await this.#auth.me();
    return this.listAgents({ ...filter, createdBy: id }, options).all();
  }

  getAgent(id: string, options?: CallOptions): Promise<Agent> {
    return this.#client.get<Agent>(path`/agents/${id}`, {}, options);
  }

  getAgentVersion(id: string, version: number, options?: CallOptions): Promise<AgentVersion> {
    return this.#client.get<AgentVersion>(path`/agents/${id}/versions/${String(version)}`, {}, options);
  }

  diffVersions(id: string, from: number, to: number, options?: CallOptions): Promise<VersionDiff> {
    return this.#client.get<VersionDiff>(path`/agents/${id}/diff`, { from, to }, options);
  }

  /** The exact prompts of an agent on records or texts. No model is called. */
  previewAgent(
    id: string,
    target: Given<typeof previewAgentInput, "id"> = {},
    options?: CallOptions,
  ): Promise<PreviewOutput> {
    return this.#client.post<PreviewOutput>(path`/agents/${id}/preview`, target, options);
  }

  /**
   * Runs an agent. Awaited it gives the report; `for await` walks along its progress. It is done when the job has ended,
   * or has paused for somebody to do something (`report.status` is `paused`).
   * @example const report = await controller.runJob({ agentId, subset, labels: ["sentiment"], labelMetadata: ["conf"] });
   */
  runJob(settings: JobSettings, options: RunOptions = {}): JobRun {
    const { waitWhilePaused = false, pollMs, ...call } = options;
    return followJob(
      () => this.#client.post<Job>("/jobs", placed(settings), call),
      (id) => untilSettled(watchJob(this.#client, id, { pollMs, ...call }), waitWhilePaused),
    );
  }

  /** A job that runs already, as of runJob. */
  followJob(id: string, { waitWhilePaused = false, pollMs, ...call }: RunOptions = {}): JobRun {
    return followJob(
      () => this.getJob(id, call),
      () => untilSettled(watchJob(this.#client, id, { pollMs, ...call }), waitWhilePaused),
    );
  }

  /** What a job would ask and could cost. No model is called. */
  estimateJob(settings: JobSettings, options?: CallOptions): Promise<JobEstimate> {
    return this.#client.post<JobEstimate>("/jobs/estimate", placed(settings), options);
  }

  listJobs(filter: Filter<typeof listJobsInput> = {}, options?: CallOptions): Pages<JobSummary> {
    return this.#client.list<JobSummary>("/jobs", filter, options);
  }

  getJob(id: string, options?: CallOptions): Promise<Job> {
    return this.#client.get<Job>(path`/jobs/${id}`, {}, options);
  }

  /** A job's records with prompt, raw answer and labels. */
  listJobItems(
    id: string,
    filter: Filter<typeof listJobItemsInput, "id"> = {},
    options?: CallOptions,
  ): Pages<JobItem> {
    return this.#client.list<JobItem>(path`/jobs/${id}/items`, filter, options);
  }

  pauseJob(id: string, options?: CallOptions): Promise<Job> {
    return this.#client.post<Job>(path`/jobs/${id}/pause`, {}, options);
  }

  /** @param settings another key after one was refused, a higher cap after it was reached */
  resumeJob(
    id: string,
    settings: Given<typeof resumeJobInput, "id"> = {},
    options?: CallOptions,
  ): Promise<Job> {
    return this.#client.post<Job>(path`/jobs/${id}/resume`, settings, options);
  }

  /** Ends a job; its labels stay. */
  cancelJob(id: string, options?: CallOptions): Promise<Job> {
    return this.#client.post<Job>(path`/jobs/${id}/cancel`, {}, options);
  }

  /** Asks again where calls were given up. */
  retryFailed(id: string, settings: { apiKey?: string } = {}, options?: CallOptions): Promise<Job> {
    return this.#client.post<Job>(path`/jobs/${id}/retry-failed`, settings, options);
  }
}

function withPrompt<T extends { promptTemplate?: PromptTemplate }>({ promptTemplate, ...settings }: T) {
  return { ...settings, ...(promptTemplate ? { prompt: promptTemplate.settings } : {}) };
}

/** A kept subset by its id, what a search finds by its query. */
function placed({ subset, ...settings }: JobSettings) {
  if (!subset) return settings;
  return { ...settings, ...(subset.id === undefined ? { query: subset.query } : { subsetId: subset.id }) };
}

async function* untilSettled(jobs: AsyncIterable<Job>, waitWhilePaused: boolean): AsyncGenerator<Job, void> {
  for await (const job of jobs) {
    yield job;
    if (job.status === "paused" && job.pausedReason !== PASSING && !waitWhilePaused) return;
  }
}
