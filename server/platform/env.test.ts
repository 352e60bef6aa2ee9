import { describe, expect, it } from "vitest";
import { readEnv } from "./env";

const outside = {
  DATABASE_URL: "postgresql://localhost/tandem",
  AUTH_SECRET: "a".repeat(32),
  TANDEM_ENCRYPTION_KEY: "b".repeat(32),
};

describe("readEnv", () => {
  it("fills every default on an empty environment", () => {
    const env = readEnv({});
    expect(env).toMatchObject({
      port: undefined,
      host: "127.0.0.1",
      url: "http://localhost:3000",
      collabUrl: "ws://localhost:3000/collab",
      logLevel: "info",
      databaseUrl: undefined,
      roles: ["web", "worker", "collab"],
      openSignup: false,
      rateLimit: 600,
      maxImportBytes: 2147483648,
    });
    expect(env.dataDir.endsWith(".data")).toBe(true);
  });

  it("takes an empty text for an unset variable, and ignores names that are not ours", () => {
    expect(readEnv({ PORT: "", TANDEM_URL: " ", SOMETHING: "else" }).url).toBe("http://localhost:3000");
  });

  it("derives the socket's address from the public one", () => {
    expect(readEnv({ TANDEM_URL: "https://label.example/" })).toMatchObject({
      url: "https://label.example",
      collabUrl: "wss://label.example/collab",
    });
  });

  it.each([
    [{ PORT: "70000" }, "PORT must be a whole number from 0 to 65535 (0 takes any free port)."],
    [{ PORT: "3000x" }, "PORT must be"],
    [{ TANDEM_URL: "label.example" }, "TANDEM_URL must be an address that starts with http:// or https://."],
    [{ TANDEM_LOG_LEVEL: "loud" }, "TANDEM_LOG_LEVEL must be one of trace,"],
    [{ DATABASE_URL: "mysql://x/y" }, "DATABASE_URL must be an address that starts with postgres:// or"],
    [{ TANDEM_ROLES: "web,cook" }, "TANDEM_ROLES must be one or more of web, worker, collab"],
    [{ TANDEM_ROLES: "web" }, "DATABASE_URL must be set when TANDEM_ROLES leaves out a role"],
    [{ ...outside, AUTH_SECRET: undefined }, "AUTH_SECRET must be set when DATABASE_URL is"],
    [{ ...outside, TANDEM_ENCRYPTION_KEY: undefined }, "TANDEM_ENCRYPTION_KEY must be set when"],
    [{ AUTH_SECRET: "short" }, "AUTH_SECRET must be a random text of at least 32 characters."],
    [{ TANDEM_ADMIN_EMAIL: "a@b.example" }, "TANDEM_ADMIN_PASSWORD must be set when TANDEM_ADMIN_EMAIL is."],
    [
      { TANDEM_METRICS_TOKEN: "short" },
      "TANDEM_METRICS_TOKEN must be a random text of at least 32 characters",
    ],
    [{ TANDEM_METRICS_TOKEN: `${"a ".repeat(20)}b` }, "TANDEM_METRICS_TOKEN must be a random text"],
    [{ TANDEM_OPEN_SIGNUP: "yes" }, "TANDEM_OPEN_SIGNUP must be 0 or 1."],
    [{ AUTH_OIDC_ID: "x", AUTH_OIDC_SECRET: "y" }, "AUTH_OIDC_ISSUER must be set when AUTH_OIDC_ID is."],
    [{ TANDEM_LLM_ALLOWED_HOSTS: "http://x" }, "TANDEM_LLM_ALLOWED_HOSTS must be hosts as host or host:port"],
  ])("refuses %j in one line that names the variable", (source, message) => {
    expect(() => readEnv(source)).toThrow(expect.objectContaining({ code: "invalid_environment" }));
    expect(() => readEnv(source)).toThrow(message);
    try {
      readEnv(source);
    } catch (error) {
      expect(String(error)).not.toContain("\n");
    }
  });

  it("never repeats the wrong value, which may be a secret", () => {
    expect(() => readEnv({ AUTH_SECRET: "hunter2" })).toThrow(/^(?!.*hunter2)/);
  });

  it("reads a subset of roles and lists", () => {
    const env = readEnv({
      ...outside,
      TANDEM_ROLES: "collab, worker",
      TANDEM_LLM_ALLOWED_HOSTS: "LOCALHOST:11434, 10.0.0.5:*,[::1]:80",
    });
    expect(env.roles).toEqual(["worker", "collab"]);
    expect(env.llmAllowedHosts).toEqual(["localhost:11434", "10.0.0.5:*", "[::1]:80"]);
  });
});
