import path from "node:path";
import { mustBe, ROLES, type Role, type Variables, variables } from "./env-schema";
import { AppError } from "./errors";
import { forgetProcessWide, processWide } from "./process-wide";

type OAuthClient = { id: string; secret: string };

/** The settings of this process. What an embedded instance makes itself is added by {@link completeEnv}. */
export type Env = {
  production: boolean;
  /** `undefined`: 3000, and the demo may take another. 0: any free port. */
  port: number | undefined;
  host: string;
  /** The public address, without a slash at the end. */
  url: string;
  /** The public address of the socket, `ws:` or `wss:`, without a slash at the end. */
  collabUrl: string;
  trustProxy: string[];
  logLevel: Variables["TANDEM_LOG_LEVEL"];
  /** `undefined`: embedded PostgreSQL under `dataDir`, until {@link completeEnv} names its address. */
  databaseUrl: string | undefined;
  /** A server whose databases the integration tests may make and drop; otherwise they start their own. */
  testDatabaseUrl: string | undefined;
  /** Absolute. */
  dataDir: string;
  redisUrl: string | undefined;
  roles: readonly Role[];
  authSecret: string | undefined;
  encryptionKey: string | undefined;
  admin: { email: string; password: string } | undefined;
  openSignup: boolean;
  demo: boolean;
  github: OAuthClient | undefined;
  google: OAuthClient | undefined;
  oidc: (OAuthClient & { issuer: string }) | undefined;
  openai: { apiKey: string | undefined; baseUrl: string | undefined; organization: string | undefined };
  anthropicApiKey: string | undefined;
  googleApiKey: string | undefined;
  /** Entries `host`, `host:port` or `host:*`, in lower case. */
  llmAllowedHosts: string[];
  /** Requests a minute and token; 0 = off. */
  rateLimit: number;
  maxImportBytes: number;
  /** What a reader of metrics must send; `undefined`: programs of this machine may read them. */
  metricsToken: string | undefined;
};

/**
 * Reads and checks the variables of `source`.
 * @throws AppError `invalid_environment`, one line that names the variable and says what it must be.
 */
export function readEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(
    Object.entries(source).filter(([name, value]) => name in variables.shape && value?.trim() !== ""),
  );
  const parsed = variables.safeParse(given);
  if (!parsed.success) {
    const name = String(parsed.error.issues[0]?.path[0]);
    throw wrong(name, mustBe(name as keyof Variables));
  }
  const read = parsed.data;
  checkTogether(read);
  const url = read.TANDEM_URL ?? `http://localhost:${read.PORT ?? 3000}`;
  return {
    production: read.NODE_ENV === "production",
    port: read.PORT,
    host: read.HOST ?? "127.0.0.1",
    url,
    collabUrl: (read.TANDEM_COLLAB_URL ?? `${url}/collab`).replace(/^http/, "ws"),
    trustProxy: read.TANDEM_TRUST_PROXY,
    logLevel: read.TANDEM_LOG_LEVEL,
    databaseUrl: read.DATABASE_URL,
    testDatabaseUrl: read.TANDEM_TEST_DATABASE_URL,
    dataDir: path.resolve(read.TANDEM_DATA_DIR),
    redisUrl: read.REDIS_URL,
    roles: ROLES.filter((role) => read.TANDEM_ROLES.includes(role)),
    authSecret: read.AUTH_SECRET,
    encryptionKey: read.TANDEM_ENCRYPTION_KEY,
    admin:
      read.TANDEM_ADMIN_EMAIL && read.TANDEM_ADMIN_PASSWORD
        ? { email: read.TANDEM_ADMIN_EMAIL, password: read.TANDEM_ADMIN_PASSWORD }
        : undefined,
    openSignup: read.TANDEM_OPEN_SIGNUP,
    demo: read.TANDEM_DEMO,
    github: client(read.AUTH_GITHUB_ID, read.AUTH_GITHUB_SECRET),
    google: client(read.AUTH_GOOGLE_ID, read.AUTH_GOOGLE_SECRET),
    oidc: oidcClient(read),
    openai: {
      apiKey: read.OPENAI_API_KEY,
      baseUrl: read.OPENAI_BASE_URL,
      organization: read.OPENAI_ORGANIZATION,
    },
    anthropicApiKey: read.ANTHROPIC_API_KEY,
    googleApiKey: read.GOOGLE_API_KEY,
    llmAllowedHosts: read.TANDEM_LLM_ALLOWED_HOSTS.map((host) => host.toLowerCase()),
    rateLimit: read.TANDEM_RATE_LIMIT,
    maxImportBytes: read.TANDEM_MAX_IMPORT_BYTES,
    metricsToken: read.TANDEM_METRICS_TOKEN,
  };
}

/** The settings of this process, read once. The only reader of `process.env` in the product. */
export function env(): Env {
  return processWide("env", () => readEnv(process.env));
}

/** Adds what is known only after the start: the real port, the embedded database, secrets that were made. */
export function completeEnv(known: Partial<Env>): Env {
  const complete = { ...env(), ...known };
  forgetProcessWide("env");
  return processWide("env", () => complete);
}

/** Adds the port that was taken, and the public addresses that follow from it where none is given. */
export function completeEnvWithPort(port: number): Env {
  const { url, collabUrl } = readEnv({ ...process.env, PORT: String(port) });
  return completeEnv({ port, url, collabUrl });
}

/** The secret of sessions. @throws AppError when the start has not made or read one. */
export function authSecret(): string {
  return required("AUTH_SECRET", env().authSecret);
}

/** The secret of saved keys. @throws AppError when the start has not made or read one. */
export function encryptionKey(): string {
  return required("TANDEM_ENCRYPTION_KEY", env().encryptionKey);
}

function checkTogether(read: Variables): void {
  const embedded = read.DATABASE_URL === undefined;
  if (embedded && ROLES.some((role) => !read.TANDEM_ROLES.includes(role))) {
    throw wrong(
      "DATABASE_URL",
      "set when TANDEM_ROLES leaves out a role, because the parts share one database",
    );
  }
  for (const name of ["AUTH_SECRET", "TANDEM_ENCRYPTION_KEY"] as const) {
    if (!embedded && read[name] === undefined) {
      throw wrong(name, `set when DATABASE_URL is: ${mustBe(name)}`);
    }
  }
  const pairs = [
    ["TANDEM_ADMIN_EMAIL", "TANDEM_ADMIN_PASSWORD"],
    ["AUTH_GITHUB_ID", "AUTH_GITHUB_SECRET"],
    ["AUTH_GOOGLE_ID", "AUTH_GOOGLE_SECRET"],
    ["AUTH_OIDC_ID", "AUTH_OIDC_SECRET", "AUTH_OIDC_ISSUER"],
  ] as const;
  for (const names of pairs) {
    const missing = names.find((name) => read[name] === undefined);
    const present = names.find((name) => read[name] !== undefined);
    if (missing && present) throw wrong(missing, `set when ${present} is`);
  }
}

function client(id: string | undefined, secret: string | undefined): OAuthClient | undefined {
  return id && secret ? { id, secret } : undefined;
}

function oidcClient(read: Variables): Env["oidc"] {
  const pair = client(read.AUTH_OIDC_ID, read.AUTH_OIDC_SECRET);
  return pair && read.AUTH_OIDC_ISSUER ? { ...pair, issuer: read.AUTH_OIDC_ISSUER } : undefined;
}

function required(name: string, value: string | undefined): string {
  if (value === undefined) throw wrong(name, "set");
  return value;
}

function wrong(name: string, must: string): AppError {
  return new AppError("invalid_environment", `${name} must be ${must}.`, { status: 500 });
}
