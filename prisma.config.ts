import { defineConfig } from "prisma/config";

// These commands never run the native engine, but the CLI insists on a file being there.
if (["generate", "validate", "format"].includes(process.argv[2] ?? ""))
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: "prisma/schema",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL ?? "" },
});
