import { randomBytes } from "node:crypto";
import pg from "pg";

/** Makes an empty database beside that of `url`; its address. */
export async function createTemplate(url: string): Promise<string> {
  const name = newName("template");
  await onServer(url, `create database ${name} template template0`);
  return withDatabase(url, name);
}

/** Copies the database of `templateUrl`, which nobody may be connected to; the copy's address. */
export async function copyDatabase(templateUrl: string): Promise<string> {
  const name = newName("test");
  const template = new URL(templateUrl).pathname.slice(1);
  // A file-by-file copy is faster than by the log for a template of this size.
  await onServer(templateUrl, `create database ${name} template ${template} strategy file_copy`);
  return withDatabase(templateUrl, name);
}

/** Drops the database of `url`, with the connections that still use it. */
export async function dropDatabase(url: string): Promise<void> {
  await onServer(url, `drop database if exists ${new URL(url).pathname.slice(1)} with (force)`);
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: withDatabase(url, "postgres") });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function newName(kind: string): string {
  return `tandem_${kind}_${randomBytes(6).toString("hex")}`;
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
