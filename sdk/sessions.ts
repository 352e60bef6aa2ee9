import type { z } from "zod";
import type {
  createSessionInput,
  extendedSession,
  extendSessionInput,
  leaseBeat,
  listSessionItemsInput,
  listSessionsInput,
  NextItem,
  patchSessionInput,
  Session,
  SessionItem,
  ticket,
} from "../contracts/sessions";
import type { Filter, Given } from "./given";
import { type Client, path } from "./http/client";
import type { CallOptions } from "./http/http";
import type { Pages } from "./pages";

/** Live rooms in which people verify a job's labels. */
export class Sessions {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /** Opens one on labels of jobs, narrowed by a subset or a query; its items and their order are frozen. */
  create(input: Given<typeof createSessionInput>, options?: CallOptions): Promise<Session> {
    return this.#client.post<Session>("/sessions", input, options);
  }

  list(filter: Filter<typeof listSessionsInput> = {}, options?: CallOptions): Pages<Session> {
    return this.#client.list<Session>("/sessions", filter, options);
  }

  get(id: string, options?: CallOptions): Promise<Session> {
    return this.#client.get<Session>(path`/sessions/${id}`, {}, options);
  }

  /** Renames it, closes or opens it again, or changes to whom it is open. */
  update(
    id: string,
    changes: Given<typeof patchSessionInput, "id">,
    options?: CallOptions,
  ): Promise<Session> {
    return this.#client.patch<Session>(path`/sessions/${id}`, changes, options);
  }

  /** Takes more labels in; nothing given: what it was opened on, as it is now. */
  extend(id: string, input: Given<typeof extendSessionInput, "id"> = {}, options?: CallOptions) {
    return this.#client.post<z.infer<typeof extendedSession>>(path`/sessions/${id}/extend`, input, options);
  }

  items(
    id: string,
    filter: Filter<typeof listSessionItemsInput, "id"> = {},
    options?: CallOptions,
  ): Pages<SessionItem> {
    return this.#client.list<SessionItem>(path`/sessions/${id}/items`, filter, options);
  }

  /**
   * The next record that nobody else holds, for a minute. A verdict on it ends the lease.
   * @returns null when none is free
   */
  async next(
    id: string,
    { skip = [] }: { skip?: string[] } = {},
    options?: CallOptions,
  ): Promise<NextItem | null> {
    return (
      (await this.#client.post<NextItem | undefined>(path`/sessions/${id}/next`, { skip }, options)) ?? null
    );
  }

  /** Holds a record for another minute. */
  heartbeat(leaseId: string, options?: CallOptions) {
    return this.#client.post<z.infer<typeof leaseBeat>>(path`/leases/${leaseId}/heartbeat`, {}, options);
  }

  /** Gives a record back. */
  release(leaseId: string, options?: CallOptions): Promise<void> {
    return this.#client.delete(path`/leases/${leaseId}`, {}, options);
  }

  /** Opens the live document once, within a minute: for y-websocket's `params`. */
  ticket(id: string, options?: CallOptions) {
    return this.#client.post<z.infer<typeof ticket>>(path`/sessions/${id}/ticket`, {}, options);
  }
}
