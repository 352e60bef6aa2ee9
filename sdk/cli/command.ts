import type { Controller, Service } from "..";
import type { ExitCode } from "./exit-codes";
import type { CommonFlag, Flag, Flags } from "./flags";
import type { Terminal } from "./output/terminal";

/** The instance and project that the call is about. */
export type Place = { url: string; service: Service; controller: Controller };

export type Call<Name extends string = string> = Place & {
  words: string[];
  flags: Flags<Name | CommonFlag>;
  terminal: Terminal;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
};

export type Command<Name extends string = string> = {
  name: string;
  /** One line for the list of commands. */
  summary: string;
  /** What stands after the name: `<file>` is needed, `[query]` is not. */
  words: readonly string[];
  flags: Readonly<Record<Name, Flag>>;
  /** Lines of the help below the flags. */
  notes?: readonly string[];
  run(call: Call<Name>): Promise<ExitCode>;
};

/** Holds a command to the flags that it names. */
export const defineCommand = <Name extends string>(command: Command<Name>): Command => command;
