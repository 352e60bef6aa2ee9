import type { CompareResult, compareInput, Labeller } from "../contracts/compare";
import type { Given } from "./given";
import type { Client } from "./http/client";
import type { CallOptions } from "./http/http";

/** Figures about a project's labels. */
export class Statistics {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
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
