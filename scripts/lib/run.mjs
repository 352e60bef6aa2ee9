import { spawn } from "node:child_process";
import path from "node:path";
import { inProject, readJson, root } from "./project.mjs";

/** Programs under way, which end with this one. */
const running = new Set();

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

function endAll(signal) {
  for (const child of running) child.kill(signal);
  process.exit(130);
}

/** While nothing runs, a signal does what it does by itself. */
function begin(child) {
  if (running.size === 0) for (const signal of SIGNALS) process.on(signal, endAll);
  running.add(child);
}

function finish(child) {
  running.delete(child);
  if (running.size === 0) for (const signal of SIGNALS) process.off(signal, endAll);
}

/** No program that the commands call reports to its maker, or asks for news of itself. */
const QUIET = { NEXT_TELEMETRY_DISABLED: "1", CHECKPOINT_DISABLE: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1" };

/**
 * Runs a program to its end.
 * @param {string[]} words the program and its arguments
 * @param {{ env?: Record<string, string | undefined>, cwd?: string, show?: boolean }} [options] `env` is added
 *   to this process's, `undefined` takes a variable away; `show` passes what it says on as it comes
 * @returns {Promise<{ ok: boolean, output: string, said: string }>} what it wrote to stdout, and all it said
 */
export function run([program, ...args], { env = {}, cwd = root, show = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...QUIET, ...env },
      stdio: ["ignore", show ? "inherit" : "pipe", show ? "inherit" : "pipe"],
      // npm is a script there, which only a shell can run.
      shell: process.platform === "win32" && !path.isAbsolute(program),
    });
    begin(child);
    let output = "";
    let said = "";
    child.stdout?.setEncoding("utf8").on("data", (text) => {
      output += text;
      said += text;
    });
    child.stderr?.setEncoding("utf8").on("data", (text) => {
      said += text;
    });
    const end = (ok) => {
      finish(child);
      resolve({ ok, output, said });
    };
    child.on("error", (error) => {
      said += error.message;
      end(false);
    });
    child.on("close", (code) => end(code === 0));
  });
}

/**
 * The words that run the program of an installed package, without a shell.
 * @param {string} name of the package
 * @param {string[]} args
 */
export function tool(name, ...args) {
  const folder = inProject("node_modules", ...name.split("/"));
  const { bin } = readJson(path.join(folder, "package.json")) ?? {};
  const file = typeof bin === "string" ? bin : (bin?.[name] ?? Object.values(bin ?? {})[0]);
  return [process.execPath, path.join(folder, file ?? ""), ...args];
}

/** The words that run npm: the one that called this command, where one did. */
export function npm(...args) {
  const caller = process.env.npm_execpath;
  return caller?.endsWith("npm-cli.js") ? [process.execPath, caller, ...args] : ["npm", ...args];
}
