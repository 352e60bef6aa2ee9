import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

export type CliProgram = {
  /** Where it stands, with nothing beside it. */
  folder: string;
  file: string;
  /** Starts it as a process, in its folder. */
  start(args: readonly string[], env?: Record<string, string>): ChildProcessWithoutNullStreams;
  /** Runs it to its end. */
  run(args: readonly string[], env?: Record<string, string>): Promise<Ended>;
  remove(): Promise<void>;
};
type Ended = { code: number | null; out: string; err: string };

/** The command line as it is built, in a folder of its own. */
export async function buildCliProgram(): Promise<CliProgram> {
  const folder = await mkdtemp(path.join(tmpdir(), "tandem-cli-"));
  const file = path.join(folder, "tandem.mjs");
  const bundler = path.resolve(import.meta.dirname, "../../../scripts/lib/bundle-cli.mjs");
  const { bundleCli }: { bundleCli(file: string): Promise<void> } = await import(/* @vite-ignore */ bundler);
  await bundleCli(file);
  const start: CliProgram["start"] = (args, env = {}) => {
    const given = { TANDEM_TOKEN: "t0ken", TANDEM_PROJECT: "p", ...env };
    return spawn(process.execPath, [file, ...args], {
      cwd: folder,
      env: { ...given, NODE_ENV: "production" },
    });
  };
  return {
    folder,
    file,
    start,
    run: (args, env) => ended(start(args, env)),
    remove: () => rm(folder, { recursive: true }),
  };
}

/** What a process said, and what it ended with. */
export async function ended(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    err += text;
  });
  const [code] = await once(child, "close");
  return { code, out, err };
}
