import type {
  AggregationPage,
  AggregationPreview,
  AggregationSnapshot,
  createAggregationInput,
  FinalLabel,
  getAggregationInput,
  listAggregationsInput,
} from "../contracts/aggregation";
import type { Filter, Given } from "./given";
import { type Client, path } from "./http/client";
import type { CallOptions } from "./http/http";
import { pause } from "./http/pause";
import { Pages } from "./pages";
import { TandemError } from "./tandem-error";

const POLL_MS = 500;

/** Snapshots of final labels under a policy. */
export class Aggregations {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /**
   * Makes final labels, and waits until they are there.
   * @throws TandemError with the snapshot's `error` when it could not be made
   */
  async create(
    input: Given<typeof createAggregationInput>,
    options: CallOptions = {},
  ): Promise<AggregationSnapshot> {
    let made = await this.#client.post<AggregationSnapshot>("/aggregations", input, options);
    while (made.status === "running") {
      await pause(POLL_MS, options.signal);
      made = await this.get(made.id, options);
    }
    if (made.error) throw new TandemError({ status: 422, ...made.error });
    return made;
  }

  /** What a snapshot would hold, and what it would change. */
  preview(input: Given<typeof createAggregationInput>, options?: CallOptions): Promise<AggregationPreview> {
    return this.#client.post<AggregationPreview>("/aggregations/preview", input, options);
  }

  list(filter: Filter<typeof listAggregationsInput> = {}, options?: CallOptions): Pages<AggregationSnapshot> {
    return this.#client.list<AggregationSnapshot>("/aggregations", filter, options);
  }

  get(id: string, options?: CallOptions): Promise<AggregationSnapshot> {
    return this.#client.get<AggregationSnapshot>(path`/aggregations/${id}`, { limit: 1 }, options);
  }

  /** The final labels of a snapshot with their provenance, in the order of the records. */
  rows(
    id: string,
    filter: Filter<typeof getAggregationInput, "id"> = {},
    options?: CallOptions,
  ): Pages<FinalLabel, AggregationPage> {
    return new Pages((cursor) =>
      this.#client.get<AggregationPage>(
        path`/aggregations/${id}`,
        { limit: 200, ...filter, cursor },
        options,
      ),
    );
  }
}
