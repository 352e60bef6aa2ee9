import { parseArgs } from "node:util";
import { version } from "../../package.json";
import { CliError, usageError } from "./cli-error";
import type { Command } from "./command";
import { commands } from "./commands";
import { connect, type Environment } from "./connect";
import { type ExitCode, exitCode } from "./exit-codes";
import { explainError, isUnread } from "./explain-error";
import { commonFlags, type Flag, Flags } from "./flags";
import { helpOf, helpOfCommand } from "./help";
import { print, type Terminal } from "./output/terminal";

type Surroundings = {
  env: Environment;
  terminal: Terminal;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
};

const stopped = new CliError("Stopped.", exitCode.interrupted);

/**
 * Does what a command line says.
 * @param args without the program
 * @returns what the process ends with; errors are told by then
 */
export async function runCli(args: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const { terminal, signal } = surroundings;
  // What a command leaves behind, as the watching of a job that was only started, ends with it.
  const over = new AbortController();
  const asked: { url?: string } = {};
  try {
    return await dispatch(args, { ...surroundings, signal: AbortSignal.any([signal, over.signal]) }, asked);
  } catch (error) {
    if (isUnread(error)) return exitCode.unread;
    const isCut = signal.aborted && !(error instanceof CliError);
    const { line, code } = explainError(isCut ? stopped : error, asked.url);
    terminal.err(`${line}\n`);
    return code;
  } finally {
    over.abort();
  }
}

async function dispatch(
  [name, ...rest]: readonly string[],
  { env, terminal, signal }: Surroundings,
  asked: { url?: string },
): Promise<ExitCode> {
  if (name === "--version") return say(terminal, version);
  if (name === undefined || name === "--help" || (name === "help" && rest.length === 0)) {
    if (name === undefined) throw usageError(`Which command?\n${helpOf(commands)}`);
    return say(terminal, helpOf(commands));
  }
  if (name === "help") return say(terminal, helpOfCommand(commandOf(rest[0])));
  const command = commandOf(name);
  const { values, positionals: words } = parse(command, rest);
  const flags = new Flags(values);
  if (flags.has("help")) return say(terminal, helpOfCommand(command));
  requireWords(command, words);
  const place = await connect(flags, env);
  asked.url = place.url;
  return command.run({ ...place, words, flags, terminal, signal });
}

async function say(terminal: Terminal, text: string): Promise<ExitCode> {
  await print(terminal, text);
  return exitCode.done;
}

function commandOf(name = ""): Command {
  const command = commands.find((one) => one.name === name);
  if (command) return command;
  throw usageError(`There is no command "${name}": ${commands.map((one) => one.name).join(", ")}.`);
}

function parse({ name, flags }: Command, args: string[]) {
  const known: Record<string, Flag> = { ...flags, ...commonFlags };
  const options = Object.fromEntries(
    Object.entries(known).map(([flag, { type, multiple = false }]) => [flag, { type, multiple }]),
  );
  // A token would be seen by whoever lists processes, so there is no such flag, and its value is told to nobody.
  if (args.some((arg) => /^--token(=|$)/.test(arg)))
    throw usageError(
      "A token is no flag, for others would see it: set TANDEM_TOKEN, or give --token-file <file>.",
    );
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw usageError(`${error.message.split("\n")[0]} (tandem ${name} --help)`);
  }
}

function requireWords({ name, words }: Command, given: readonly string[]): void {
  const needed = words.filter((word) => word.startsWith("<")).length;
  const missing = words[given.length];
  if (given.length < needed) throw usageError(`Missing: ${missing}. (tandem ${name} --help)`);
  const [extra] = given.slice(words.length);
  if (extra !== undefined) throw usageError(`What is "${extra}" for? (tandem ${name} --help)`);
}
