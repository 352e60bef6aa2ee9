import type { Command } from "./command";
import { commonFlags, type Flag } from "./flags";

/** What there is. */
export function helpOf(commands: readonly Command[]): string {
  return [
    "tandem <command>: a project of a Tandem instance, from the command line",
    "",
    ...columns(commands.map(({ name, words, summary }) => [[name, ...words].join(" "), summary])),
    "",
    ...flagLines({ ...commonFlags, version: { type: "boolean", help: "which version this is" } }),
    "",
    "Exits with 0 when it is done, 1 when it failed, 64 when the command was written wrong, 130 after Ctrl-C.",
    "tandem <command> --help tells the rest.",
  ].join("\n");
}

/** How one command is called. */
export function helpOfCommand({ name, words, summary, flags, notes = [] }: Command): string {
  return [
    `tandem ${[name, ...words].join(" ")}: ${summary}`,
    "",
    ...flagLines({ ...flags, ...commonFlags }),
    ...(notes.length > 0 ? ["", ...notes] : []),
  ].join("\n");
}

const flagLines = (flags: Readonly<Record<string, Flag>>): string[] =>
  columns(
    Object.entries(flags).map(([name, { value, help }]) => [`--${name}${value ? ` <${value}>` : ""}`, help]),
  );

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([first]) => first.length));
  return rows.map(([first, second]) => `  ${first.padEnd(width)}  ${second}`);
}
