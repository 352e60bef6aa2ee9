import { stat } from "node:fs/promises";
import path from "node:path";
import type { ImportFormat, ImportOptions, ImportRun, ImportType } from "../../../contracts/imports";
import type { ImportSettings } from "../..";
import { CliError } from "../cli-error";
import { type Call, defineCommand } from "../command";
import { exitCode } from "../exit-codes";
import type { CommonFlag, Flags } from "../flags";
import { sizeOf } from "../output/numbers";
import { progressLine } from "../output/progress-line";
import { printJson } from "../output/terminal";
import { printImportReport } from "../reports/import-report";

const formats = ["csv", "tsv", "jsonl", "json", "parquet", "xlsx"] as const satisfies readonly ImportFormat[];
const types = ["string", "number", "boolean", "json", "vector"] as const satisfies readonly ImportType[];
const onExisting = ["skip", "update", "fail"] as const satisfies readonly ImportOptions["onExisting"][];

const flags = {
  id: { type: "string", value: "column", help: "holds the records' ids" },
  content: { type: "string", value: "column", help: "holds their texts" },
  metadata: {
    type: "string",
    multiple: true,
    value: "columns",
    help: "kept beside the text; '*' is all the rest",
  },
  types: {
    type: "string",
    multiple: true,
    value: "name:type",
    help: `what a column holds: ${types.join(", ")}`,
  },
  gold: {
    type: "string",
    multiple: true,
    value: "columns",
    help: "kept, and known to be right: hidden from who labels",
  },
  "on-existing": {
    type: "string",
    value: "what",
    help: "skip (usual), update or fail, where a record is there already",
  },
  format: { type: "string", value: "format", help: `${formats.join(", ")}; by default by the file's name` },
  strict: { type: "boolean", help: "exit with 1 when a row was refused" },
} as const;
type Name = keyof typeof flags;

export const importCommand = defineCommand<Name>({
  name: "import",
  summary: "import records from a file, and wait for the report",
  words: ["<file>"],
  flags,
  notes: ["Columns are given with commas between, or by repeating the flag."],
  async run(call) {
    const { flags, terminal } = call;
    const [file = ""] = call.words;
    const settings = settingsOf(flags);
    const size = await sizeOfFile(file);
    const report = await importShown(call, { file, size, settings });
    if (flags.has("json")) await printJson(terminal, report);
    else await printImportReport(terminal, report);
    return flags.has("strict") && report.refused > 0 ? exitCode.failed : exitCode.done;
  },
});

function settingsOf(flags: Flags<Name | CommonFlag>): ImportSettings {
  const gold = flags.texts("gold");
  return {
    format: flags.choice("format", formats),
    id: flags.text("id"),
    content: flags.text("content"),
    metadata: withGold(flags.texts("metadata"), gold),
    types: flags.pairs("types", types),
    onExisting: flags.choice("on-existing", onExisting),
    visibility: gold && Object.fromEntries(gold.map((name) => [name, "gold" as const])),
  };
}

/** What is gold is metadata, said or not. */
function withGold(metadata: string[] | undefined, gold: string[] = []): string[] | undefined {
  if (metadata?.includes("*") || gold.length === 0) return metadata;
  return [...new Set([...(metadata ?? []), ...gold])];
}

async function sizeOfFile(file: string): Promise<number> {
  const found = await stat(file).catch((error: Error) => {
    throw new CliError(`The file could not be read: ${error.message}.`);
  });
  if (!found.isFile()) throw new CliError(`${file} is no file.`);
  return found.size;
}

type Import = { file: string; size: number; settings: ImportSettings };

async function importShown(
  { service, terminal, signal }: Call<Name>,
  { file, size, settings }: Import,
): Promise<ImportRun> {
  const line = progressLine(terminal);
  const name = path.basename(file);
  let hasArrived = false;
  line.show(`Sending ${name} (${sizeOf(size)})`);
  try {
    return await service.importFile(file, settings, {
      signal,
      onProgress(run) {
        hasArrived = true;
        line.show(`Importing ${name}: ${progressOf(run)}`);
      },
    });
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new CliError(
      hasArrived
        ? "Stopped waiting. The import goes on."
        : "Stopped. Nothing is imported of a file that did not arrive whole.",
      exitCode.interrupted,
    );
  } finally {
    line.clear();
  }
}

function progressOf({ status, phase, progress, read, refused }: ImportRun): string {
  const share = progress === null ? "" : `, ${Math.floor(100 * progress)} %`;
  return `${phase ?? status}${share}, ${read} rows read${refused > 0 ? `, ${refused} refused` : ""}`;
}
