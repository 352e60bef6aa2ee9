import { prepareDataDir } from "./platform/data-dir";
import { closeDb } from "./platform/db";
import { startEmbeddedPostgres } from "./platform/embedded-postgres";
import { completeEnv, env } from "./platform/env";
import { closeEvents } from "./platform/events";
import { log } from "./platform/log";
import { migrate } from "./platform/migrate";
import { readOrMakeSecrets } from "./platform/secrets-file";
import type { Shutdown } from "./platform/shutdown";

/**
 * Brings up the database of this process: the one of DATABASE_URL, or an embedded one with secrets of its own,
 * and applies the migrations it lacks.
 * @param onLost called when an embedded database died and could not be brought back
 * @throws AppError, one line, when there is none to be had
 */
export async function openDatabase(shutdown: Shutdown, onLost: (error: Error) => void): Promise<void> {
  const url = env().databaseUrl ?? (await startEmbedded(shutdown, onLost));
  for (const name of await migrate(url)) log().info({ migration: name }, "migration applied");
  shutdown.add("database connections", closeDb);
  shutdown.add("events", closeEvents);
}

async function startEmbedded(shutdown: Shutdown, onLost: (error: Error) => void): Promise<string> {
  const { dataDir, authSecret, encryptionKey } = env();
  await prepareDataDir(dataDir);
  const server = await startEmbeddedPostgres({ dataDir, onLost });
  shutdown.add("embedded PostgreSQL", server.stop, server.abandon);
  const made = await readOrMakeSecrets(dataDir);
  completeEnv({
    databaseUrl: server.url,
    authSecret: authSecret ?? made.authSecret,
    encryptionKey: encryptionKey ?? made.encryptionKey,
  });
  return server.url;
}
