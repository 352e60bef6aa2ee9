import type { ExportFormat, ExportKind } from "../../../contracts/exports";
import type { ExportedFile, ExportSettings } from "../..";
import { CliError, usageError } from "../cli-error";
import { type Call, defineCommand } from "../command";
import { exitCode } from "../exit-codes";
import { sizeOf } from "../output/numbers";
import { progressLine } from "../output/progress-line";
import { harmless, printJson } from "../output/terminal";
import { chooseRecords, recordFlags } from "../record-flags";
import { writeWhole } from "../write-whole";

const kinds = ["records", "annotations", "final", "verifications"] as const satisfies readonly ExportKind[];
const formats = [
  "csv",
  "jsonl",
  "parquet",
  "labelstudio",
  "doccano",
  "argilla",
  "openai-evals",
  "conll",
  "spacy",
] as const satisfies readonly ExportFormat[];

const flags = {
  kind: { type: "string", value: "kind", help: kinds.join(", ") },
  format: { type: "string", value: "format", help: `csv (usual), ${formats.slice(1).join(", ")}` },
  out: { type: "string", value: "file", help: "where to; by default to the output" },
  label: { type: "string", value: "name", help: "only this label" },
  snapshot: { type: "string", value: "id", help: "of final labels; by default each label's newest" },
  ...recordFlags,
} as const;
type Name = keyof typeof flags;

export const exportCommand = defineCommand<Name>({
  name: "export",
  summary: "take out records, labels, final labels or verdicts as a file",
  words: [],
  flags,
  notes: [
    "A file appears under its name when it is whole; until then it is <file>.part.",
    "With --out, --json tells its size and the snapshots that it holds.",
  ],
  async run(call) {
    const { service, flags, terminal, signal } = call;
    const settings = settingsOf(flags);
    const out = flags.text("out");
    if (flags.has("json") && out === undefined)
      throw usageError("--json tells about the file that --out names: give both, or neither.");
    const subset = await chooseRecords(call);
    const file = await service.export({ ...settings, query: subset?.query }, { signal });
    if (out === undefined) await toOutput(call, file);
    else {
      const bytes = await toFile(call, file, out);
      const { contentType, snapshots, types } = file;
      if (flags.has("json")) await printJson(terminal, { file: out, bytes, contentType, snapshots, types });
      else terminal.err(`${out}: ${sizeOf(bytes)}\n`);
    }
    return exitCode.done;
  },
});

function settingsOf(flags: Call<Name>["flags"]): ExportSettings {
  const kind = flags.choice("kind", kinds);
  if (kind === undefined) throw usageError(`--kind is missing: ${kinds.join(", ")}.`);
  return {
    kind,
    format: flags.choice("format", formats),
    label: flags.text("label"),
    snapshot: flags.text("snapshot"),
  };
}

async function toOutput(
  { terminal, signal }: Call<Name>,
  { stream, contentType }: ExportedFile,
): Promise<void> {
  if (terminal.isOutTty && !isText(contentType)) {
    await stream.cancel();
    throw usageError("That is no text to show: give --out <file>.");
  }
  const text = new TextDecoder();
  const shown = (chunk: Uint8Array) => harmless(text.decode(chunk, { stream: true }));
  try {
    for await (const chunk of chunksOf(stream)) await terminal.out(terminal.isOutTty ? shown(chunk) : chunk);
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new CliError("Stopped: what was written is not whole.", exitCode.interrupted);
  }
}

async function toFile(
  { terminal, signal }: Call<Name>,
  { stream }: ExportedFile,
  out: string,
): Promise<number> {
  const line = progressLine(terminal);
  let bytes = 0;
  async function* counted() {
    for await (const chunk of chunksOf(stream)) {
      bytes += chunk.length;
      line.show(`Writing ${out}: ${sizeOf(bytes)}`);
      yield chunk;
    }
  }
  try {
    await writeWhole(out, counted(), signal);
    return bytes;
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new CliError("Stopped: nothing was written.", exitCode.interrupted);
  } finally {
    line.clear();
  }
}

const isText = (contentType: string): boolean => /^(text\/|application\/.*json)/i.test(contentType);

/** Cancels the stream when its reader stops. */
async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
