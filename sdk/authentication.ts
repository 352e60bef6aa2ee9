import type { z } from "zod";
import type { AccessToken, createdToken, createTokenInput, joined, joinInput, Me } from "../contracts/access";
import type { Given } from "./given";
import { type Client, createClient, path } from "./http/client";
import { type CallOptions, createHttp, type HttpSettings } from "./http/http";
import type { Pages } from "./pages";
import { TandemError } from "./tandem-error";

/** Where and how calls are made; `project` is a slug or id. */
type Place = Omit<HttpSettings, "token"> & { project?: string | undefined };

type CreatedToken = z.infer<typeof createdToken>;
type TokenSettings = Given<typeof createTokenInput, "email" | "password">;

/** Who calls, and where: an access token at one instance. */
export class Authentication {
  readonly url: string;
  /** The project that a Service takes where none is named. */
  readonly project: string | undefined;
  /** Calls below `/api/v1` with this token. */
  readonly client: Client;
  /** Private, so that no log of the object shows it. */
  readonly #token: string;
  #me: Promise<Me> | undefined;

  constructor({ project, token, ...place }: Place & { token: string }) {
    this.url = place.url;
    this.project = project;
    this.#token = token;
    this.client = createClient(createHttp({ ...place, token }));
  }

  /**
   * Makes an access token with an e-mail and a password, which are kept nowhere.
   * @throws TandemError `invalid_credentials`
   */
  static async signIn(
    {
      email,
      password,
      note,
      expiresInDays,
      scopes,
      ...place
    }: Place & {
      email: string;
      password: string;
    } & Omit<TokenSettings, "project">,
    options: CallOptions = {},
  ): Promise<Authentication> {
    const { token } = await createClient(createHttp(place)).post<CreatedToken>(
      "/auth/tokens",
      { email, password, note, expiresInDays, scopes },
      { ...options, isSecret: true },
    );
    return new Authentication({ ...place, token: shown(token) });
  }

  /**
   * Joins a project by an invitation's token, as a new guest.
   * @throws TandemError `invitation_expired`, `invitation_used`, `invitation_revoked`, `invitation_unknown`, `email_taken`
   */
  static async join(
    {
      invitation,
      name,
      email,
      password,
      note,
      ...place
    }: Omit<Place, "project"> & {
      invitation: string;
    } & Given<typeof joinInput, "token">,
    options: CallOptions = {},
  ): Promise<Authentication> {
    const made = await createClient(createHttp(place)).post<z.infer<typeof joined>>(
      "/join",
      { token: invitation, name, email, password, note },
      { ...options, isSecret: password !== undefined },
    );
    return new Authentication({ ...place, project: made.project.slug, token: shown(made.token) });
  }

  getToken(): string {
    return this.#token;
  }

  /** Who the token's owner is; asked once. */
  me(): Promise<Me> {
    this.#me ??= this.client.get<Me>("/me").catch((error: unknown) => {
      this.#me = undefined;
      throw error;
    });
    return this.#me;
  }

  /** The token is shown in this answer alone. */
  createAccessToken(settings: TokenSettings & { project?: string } = {}, options?: CallOptions) {
    return this.client.post<CreatedToken>("/auth/tokens", settings, options);
  }

  getAccessTokens(options?: CallOptions): Pages<AccessToken> {
    return this.client.list<AccessToken>("/auth/tokens", {}, options);
  }

  deleteAccessToken(id: string, options?: CallOptions): Promise<void> {
    return this.client.delete(path`/auth/tokens/${id}`, {}, options);
  }
}

/** A secret is in the first answer alone: when that was lost, its repetition does not hold it. */
function shown(token: string | null): string {
  if (token !== null) return token;
  throw new TandemError({
    status: 0,
    code: "secret_already_shown",
    detail: "The answer with the token was lost on its way, and it is shown once. Make another.",
  });
}
