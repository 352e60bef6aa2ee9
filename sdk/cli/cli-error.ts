import { type ExitCode, exitCode } from "./exit-codes";

/** Something that the caller has to put right: one line that says what, and how. */
export class CliError extends Error {
  readonly exitCode: ExitCode;

  constructor(message: string, code: ExitCode = exitCode.failed) {
    super(message);
    this.exitCode = code;
  }
}

/** The command was written wrong, or something that it needs is not set. Nothing was asked of a server. */
export const usageError = (message: string): CliError => new CliError(message, exitCode.usage);
