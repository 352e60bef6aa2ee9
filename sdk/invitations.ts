import type {
  CreatedInvitation,
  createInvitationInput,
  Invitation,
  renewInvitationInput,
} from "../contracts/access";
import type { Given } from "./given";
import { type Client, path } from "./http/client";
import type { CallOptions } from "./http/http";
import type { Pages } from "./pages";

/** Links by which people join the project. Who has one joins with `Authentication.join`. */
export class Invitations {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /** `url` and `token` are shown in this answer alone; null when it was lost on its way: renew it then. */
  create(input: Given<typeof createInvitationInput>, options?: CallOptions): Promise<CreatedInvitation> {
    return this.#client.post<CreatedInvitation>("/invitations", input, options);
  }

  list(options?: CallOptions): Pages<Invitation> {
    return this.#client.list<Invitation>("/invitations", {}, options);
  }

  /** Another secret, no uses, and a new end; the old link is dead. */
  renew(id: string, settings: Given<typeof renewInvitationInput, "id"> = {}, options?: CallOptions) {
    return this.#client.post<CreatedInvitation>(path`/invitations/${id}/renew`, settings, options);
  }

  revoke(id: string, options?: CallOptions): Promise<void> {
    return this.#client.delete(path`/invitations/${id}`, {}, options);
  }
}
