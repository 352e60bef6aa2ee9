import { z } from "zod";

/** The roles a process may play; all three by default. */
export const ROLES = ["web", "worker", "collab"] as const;
export type Role = (typeof ROLES)[number];

const MIN_SECRET = 32;

const optional = z.string().optional();

const list = z.string().transform((text) =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== ""),
);

function wholeNumber(min: number, max: number, unit: string) {
  return z
    .string()
    .regex(/^\d+$/)
    .transform(Number)
    .refine((value) => value >= min && value <= max)
    .describe(`a whole number from ${min} to ${max}${unit}`);
}

const url = (protocols: string[]) =>
  z
    .string()
    .refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol))
    .transform((text) => text.replace(/\/+$/, ""))
    .describe(`an address that starts with ${protocols.map((protocol) => `${protocol}//`).join(" or ")}`);

const flag = z
  .enum(["0", "1", "false", "true"])
  .transform((text) => text === "1" || text === "true")
  .describe("0 or 1");

const secret = z.string().min(MIN_SECRET).describe(`a random text of at least ${MIN_SECRET} characters`);

const host = /^(\[[0-9a-f:.]+\]|[a-z0-9_.*-]+)(:(\d{1,5}|\*))?$/i;

/**
 * Every variable Tandem reads, as text in and as the value the server uses out. The description of a field
 * completes the sentence "<variable> must be …".
 */
export const variables = z.object({
  NODE_ENV: z.string().default("development").describe("development, production or test"),
  PORT: wholeNumber(0, 65535, " (0 takes any free port)").optional(),
  HOST: optional.describe("an address of this machine"),
  TANDEM_URL: url(["http:", "https:"]).optional(),
  TANDEM_COLLAB_URL: url(["ws:", "wss:", "http:", "https:"]).optional(),
  TANDEM_TRUST_PROXY: list.default([]).describe("the addresses of the proxies in front, separated by commas"),
  TANDEM_LOG_LEVEL: z
    .enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"])
    .default("info")
    .describe("one of trace, debug, info, warn, error, fatal, silent"),
  DATABASE_URL: url(["postgres:", "postgresql:"]).optional(),
  TANDEM_TEST_DATABASE_URL: url(["postgres:", "postgresql:"]).optional(),
  TANDEM_DATA_DIR: z.string().default(".data").describe("a folder"),
  REDIS_URL: url(["redis:", "rediss:"]).optional(),
  TANDEM_ROLES: list
    .pipe(z.array(z.enum(ROLES)).min(1))
    .default([...ROLES])
    .describe("one or more of web, worker, collab, separated by commas"),
  AUTH_SECRET: secret.optional(),
  TANDEM_ENCRYPTION_KEY: secret.optional(),
  TANDEM_ADMIN_EMAIL: z.email().optional().describe("an e-mail address"),
  TANDEM_ADMIN_PASSWORD: z.string().min(8).optional().describe("a text of at least 8 characters"),
  TANDEM_OPEN_SIGNUP: flag.default(false),
  TANDEM_DEMO: flag.default(false),
  AUTH_GITHUB_ID: optional,
  AUTH_GITHUB_SECRET: optional,
  AUTH_GOOGLE_ID: optional,
  AUTH_GOOGLE_SECRET: optional,
  AUTH_OIDC_ISSUER: url(["https:", "http:"]).optional(),
  AUTH_OIDC_ID: optional,
  AUTH_OIDC_SECRET: optional,
  OPENAI_API_KEY: optional,
  OPENAI_BASE_URL: url(["https:", "http:"]).optional(),
  OPENAI_ORGANIZATION: optional,
  ANTHROPIC_API_KEY: optional,
  GOOGLE_API_KEY: optional,
  TANDEM_LLM_ALLOWED_HOSTS: list
    .refine((hosts) => hosts.every((entry) => host.test(entry)))
    .default([])
    .describe("hosts as host or host:port, separated by commas"),
  TANDEM_RATE_LIMIT: wholeNumber(0, 1_000_000, " requests a minute (0 = off)").default(600),
  TANDEM_MAX_IMPORT_BYTES: wholeNumber(1, Number.MAX_SAFE_INTEGER, " bytes").default(2 * 1024 ** 3),
  TANDEM_METRICS_TOKEN: secret
    .regex(/^\S+$/)
    .describe(`a random text of at least ${MIN_SECRET} characters without spaces`)
    .optional(),
});

export type Variables = z.output<typeof variables>;

/** What the variable `name` must be, as the end of a sentence. */
export function mustBe(name: keyof Variables): string {
  let field: z.core.$ZodType = variables.shape[name];
  // A description belongs to the type it was given to, which may sit inside `optional` or `default`.
  while (field instanceof z.ZodOptional || field instanceof z.ZodDefault) {
    if (field.description) return field.description;
    field = field.unwrap();
  }
  return (field instanceof z.ZodType ? field.description : undefined) ?? "a text";
}
