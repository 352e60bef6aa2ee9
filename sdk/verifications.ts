import type { z } from "zod";
import type {
  listVerificationsInput,
  Verification,
  writeVerificationsInput,
  writeVerificationsOutput,
} from "../contracts/verifications";
import type { Filter, Given } from "./given";
import type { Client } from "./http/client";
import type { CallOptions } from "./http/http";
import type { Pages } from "./pages";

export type WrittenVerdict = z.infer<typeof writeVerificationsOutput>["items"][number];

/** People's verdicts on labels of jobs. */
export class Verifications {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /** Current verdicts, newest first; with `history` all there ever were. */
  list(filter: Filter<typeof listVerificationsInput> = {}, options?: CallOptions): Pages<Verification> {
    return this.#client.list<Verification>("/verifications", filter, options);
  }

  /**
   * Confirms or corrects labels in the caller's name, at most 1,000 at once. The job's own labels stay as they are.
   * @returns for each item its status, or its error
   */
  async create(
    input: Given<typeof writeVerificationsInput>,
    options?: CallOptions,
  ): Promise<WrittenVerdict[]> {
    const answer = await this.#client.post<z.infer<typeof writeVerificationsOutput>>(
      "/verifications",
      input,
      options,
    );
    return answer.items;
  }
}
