import { readFile } from "node:fs/promises";
import { Authentication, Controller, Service } from "..";
import { CliError, usageError } from "./cli-error";
import type { Place } from "./command";
import type { Flags } from "./flags";

export type Environment = Readonly<Record<string, string | undefined>>;

const USUAL_URL = "http://localhost:3000";

/** Where a call goes and who makes it: flags first, then the environment. */
export async function connect(
  flags: Flags<"url" | "project" | "token-file">,
  env: Environment,
): Promise<Place> {
  const url = addressOf(flags.text("url") ?? (env.TANDEM_URL || USUAL_URL));
  const project = flags.text("project") ?? env.TANDEM_PROJECT;
  if (!project) throw usageError("No project: give --project <slug>, or set TANDEM_PROJECT.");
  const file = flags.text("token-file");
  const token = file === undefined ? env.TANDEM_TOKEN?.trim() : await readSecret(file, "token");
  if (!token)
    throw usageError(
      `No access token: make one on your account page at ${url}, then set TANDEM_TOKEN or give --token-file <file>.`,
    );
  if (!/^[\x21-\x7e]+$/.test(token)) throw usageError("The access token holds characters that no token has.");
  const service = new Service({ auth: new Authentication({ url, token, project }) });
  return { url, service, controller: new Controller(service) };
}

function addressOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && /^https?:$/.test(url.protocol)) return text.replace(/\/+$/, "");
  throw usageError(`The address must start with http:// or https://; not "${text}" (--url, TANDEM_URL).`);
}

/** A secret that a file holds, and nothing else. */
export async function readSecret(file: string, what: string): Promise<string> {
  const text = await readFile(file, "utf8").catch((error: Error) => {
    throw new CliError(`The ${what} could not be read: ${error.message}.`);
  });
  const secret = text.trim();
  if (secret === "") throw new CliError(`The file with the ${what} is empty: ${file}.`);
  return secret;
}
