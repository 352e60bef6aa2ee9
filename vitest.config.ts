import path from "node:path";
import { defineConfig } from "vitest/config";

const alias = { "@": path.resolve(import.meta.dirname) };

/** On real PostgreSQL: one server for a project, a database for each file. Limits end what hangs, on a busy machine too. */
const onPostgres = {
  globalSetup: ["server/testing/global-setup.ts"],
  testTimeout: 90_000,
  hookTimeout: 120_000,
  maxWorkers: 2,
};

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["{server,contracts,components,sdk,scripts,prisma}/**/*.test.{ts,tsx,mjs}"],
          exclude: ["**/*.integration.test.ts"],
          testTimeout: 60_000,
          // They keep nothing in their modules: reading each module once instead of once a file takes half the time.
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        resolve: { alias },
        test: {
          name: "integration",
          include: ["{server,app}/**/*.integration.test.ts"],
          exclude: ["server/api/**"],
          ...onPostgres,
          globalSetup: [...onPostgres.globalSetup, "scripts/lib/bundle-scripts.mjs"],
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        resolve: { alias },
        test: {
          // Servers whole: what one of them keeps in its modules is not another's.
          name: "integration-api",
          include: ["server/api/**/*.integration.test.ts"],
          ...onPostgres,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
