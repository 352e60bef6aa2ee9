import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "@/server/platform/embedded-postgres";
import { env } from "@/server/platform/env";
import { migrate } from "@/server/platform/migrate";
import { createTemplate, dropDatabase } from "./template";

declare module "vitest" {
  interface ProvidedContext {
    /** The migrated database that every test file's own is copied from. */
    templateUrl: string;
  }
}

/** Starts one PostgreSQL for all test files (none when TANDEM_TEST_DATABASE_URL names one) and migrates a template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = env().testDatabaseUrl;
  const server = given ? { url: given, stop: async () => undefined } : await startTemporaryServer();
  const templateUrl = await createTemplate(server.url);
  await migrate(templateUrl);
  project.provide("templateUrl", templateUrl);
  return async () => {
    await dropDatabase(templateUrl);
    await server.stop();
  };
}

async function startTemporaryServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "tandem-test-"));
  const onLost = (error: Error) => {
    throw error;
  };
  const server = await startEmbeddedPostgres({ dataDir, onLost, durable: false });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      await rm(dataDir, { recursive: true });
    },
  };
}
