import type { Terminal } from "./output/terminal";
import { runCli } from "./run-cli";

const { stdout, stderr } = process;
const env = process.env;

const terminal: Terminal = {
  out: (data) =>
    new Promise((resolve, reject) => stdout.write(data, (error) => (error ? reject(error) : resolve()))),
  err: (text) => void stderr.write(text),
  isOutTty: stdout.isTTY === true,
  isErrTty: stderr.isTTY === true,
  columns: stderr.columns || 80,
  hasColour: stdout.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb",
};

// Told by the write that failed; whoever closes the error output wants to hear nothing more.
stdout.on("error", () => undefined);
stderr.on("error", () => undefined);

// npm starts its scripts in the folder of the project; files are meant from where the caller stands.
if (env.npm_lifecycle_event === "tandem" && env.INIT_CWD) process.chdir(env.INIT_CWD);

const interrupt = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => interrupt.abort());

process.exitCode = await runCli(process.argv.slice(2), { env, terminal, signal: interrupt.signal });
