import type { Acceptance, AcceptPlan, acceptPlanInput, applyAcceptanceInput } from "../contracts/acceptance";
import type { Agreement, agreementInput } from "../contracts/agreement";
import type { Calibration, calibrationInput } from "../contracts/calibration";
import type { CompareResult, compareInput, Labeller } from "../contracts/compare";
import type { estimateInput, LabelEstimate } from "../contracts/estimates";
import type {
  Contributions,
  contributionsInput,
  distributionInput,
  LabelDistribution,
  ProjectProgress,
  progressInput,
} from "../contracts/project-statistics";
import type { Asked, Filter, Given } from "./given";
import { type Client, path } from "./http/client";
import type { CallOptions, QueryValues } from "./http/http";

type OfLabel = "label";
type OfJob = "jobId" | "label";

/** Figures about a project's labels. What can't be said is `null`, with a `reason`. */
export class Statistics {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /** Any of `/statistics/…`, also one that has no method here. */
  get<T>(name: string, query: QueryValues = {}, options?: CallOptions): Promise<T> {
    return this.#client.get<T>(path`/statistics/${name}`, query, options);
  }

  /** Records that are labelled, verified and reconciled: in all, by label, day by day. */
  getLabelProgress(
    query: Filter<typeof progressInput> = {},
    options?: CallOptions,
  ): Promise<ProjectProgress> {
    return this.get<ProjectProgress>("progress", query, options);
  }

  /** How often each option was given, by whom. */
  getLabelDistributions(
    query: Asked<typeof distributionInput, OfLabel>,
    options?: CallOptions,
  ): Promise<LabelDistribution> {
    return this.get<LabelDistribution>("distribution", query, options);
  }

  /** What each person has done that stands. */
  getAnnotatorContributions(
    query: Filter<typeof contributionsInput> = {},
    options?: CallOptions,
  ): Promise<Contributions> {
    return this.get<Contributions>("contributions", query, options);
  }

  /** How far annotators agree beyond chance, together and two by two. */
  getAnnotatorAgreements(
    query: Asked<typeof agreementInput, OfLabel>,
    options?: CallOptions,
  ): Promise<Agreement> {
    return this.get<Agreement>("agreement", query, options);
  }

  /** Whether a job's confidence says how often it is right. */
  getCalibration(query: Asked<typeof calibrationInput, OfJob>, options?: CallOptions): Promise<Calibration> {
    return this.get<Calibration>("calibration", query, options);
  }

  /** The accuracy of all labels of a job, from those that were checked. */
  getEstimate(query: Asked<typeof estimateInput, OfJob>, options?: CallOptions): Promise<LabelEstimate> {
    return this.get<LabelEstimate>("estimate", query, options);
  }

  /** Which of a job's labels can be accepted unread, with at most `epsilon` errors at confidence `1 - alpha`. */
  planAcceptance(query: Asked<typeof acceptPlanInput, OfJob>, options?: CallOptions): Promise<AcceptPlan> {
    return this.get<AcceptPlan>("accept", query, options);
  }

  /** Accepts what the plan promises; `undoAcceptance` takes it back. */
  applyAcceptance(input: Given<typeof applyAcceptanceInput>, options?: CallOptions): Promise<Acceptance> {
    return this.#client.post<Acceptance>("/statistics/accept", input, options);
  }

  undoAcceptance(id: string, options?: CallOptions): Promise<void> {
    return this.#client.delete(path`/statistics/accept/${id}`, {}, options);
  }

  /**
   * How right annotators are against gold, each with its interval, and each pair of them with the paired test.
   * @param input.gold record metadata, an annotator, final labels, or people's verdicts; without it pairs alone
   */
  compare(input: Given<typeof compareInput>, options?: CallOptions): Promise<CompareResult> {
    return this.#client.post<CompareResult>("/compare", input, options);
  }

  /** Whoever has put a label, and on how many records. */
  async getLabellers(label: string, options?: CallOptions): Promise<Labeller[]> {
    return (await this.#client.get<{ items: Labeller[] }>("/compare/annotators", { label }, options)).items;
  }
}
