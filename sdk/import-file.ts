import type { z } from "zod";
import type { ImportFormat, ImportOptions, ImportRun, startedImport } from "../contracts/imports";
import type { LabelFormat, labelImportOptions } from "../contracts/label-imports";
import { type Client, path } from "./http/client";
import type { CallOptions, QueryValues, RawBody } from "./http/http";
import { pause } from "./http/pause";
import { TandemError } from "./tandem-error";

/** A path (where files can be read by path), a Blob or File, or a stream of bytes. */
export type FileSource = string | Blob | ReadableStream<Uint8Array>;

export type ImportSettings = Partial<Omit<ImportOptions, "format" | "labels">> &
  Partial<Omit<z.output<typeof labelImportOptions>, "format">> & {
    /** By default told by the file's name or type. */
    format?: ImportFormat | LabelFormat;
    fileName?: string;
  };
export type ImportCallOptions = CallOptions & { onProgress?: (run: ImportRun) => void };

const FIRST_LOOK_MS = 50;
const LONGEST_LOOK_MS = 1_000;

/**
 * Sends a file, and waits until it is imported.
 * @returns the report: what was read, imported, updated, skipped, refused and why
 * @throws TandemError `invalid_mapping`, … when nothing of it could be imported
 */
export async function importFile(
  client: Client,
  source: FileSource,
  settings: ImportSettings,
  { onProgress, ...options }: ImportCallOptions,
): Promise<ImportRun> {
  const { file, fileName } = await openFile(source);
  const started = await client.http.json<z.infer<typeof startedImport>>({
    method: "POST",
    path: client.at("/imports"),
    query: queryOf({ fileName, ...settings }),
    file,
    // However long the file takes.
    timeoutMs: 0,
    ...options,
  });
  for (let wait = FIRST_LOOK_MS; ; wait = Math.min(LONGEST_LOOK_MS, wait * 2)) {
    await pause(wait, options.signal);
    const run = await client.get<ImportRun>(path`/imports/${started.id}`, {}, options);
    onProgress?.(run);
    if (run.error) throw new TandemError({ status: 422, ...run.error });
    if (run.finishedAt !== null) return run;
  }
}

async function openFile(source: FileSource): Promise<{ file: RawBody; fileName: string | undefined }> {
  const content = typeof source === "string" ? await openPath(source) : source;
  const file = {
    content,
    type: (content instanceof Blob && content.type) || "application/octet-stream",
    isRepeatable: content instanceof Blob,
  };
  return { file, fileName: nameOf(source) };
}

function nameOf(source: FileSource): string | undefined {
  if (typeof source === "string") return source.split(/[/\\]/).at(-1);
  return "name" in source && typeof source.name === "string" ? source.name : undefined;
}

/** Read while it is sent. A bundle for the browser leaves the module alone, since there are no paths there. */
async function openPath(file: string): Promise<Blob> {
  const name = "node:fs";
  const { openAsBlob }: typeof import("node:fs") = await import(
    /* @vite-ignore */ /* webpackIgnore: true */ name
  );
  return openAsBlob(file);
}

/** Names and values may hold any character, so pairs go as JSON. */
function queryOf(settings: ImportSettings): QueryValues {
  const query: Record<string, string | number | boolean | readonly string[] | undefined> = {};
  for (const [name, value] of Object.entries(settings))
    query[name] = typeof value === "object" && !Array.isArray(value) ? JSON.stringify(value) : value;
  return query;
}

/** Rows in memory as a file: one JSON object a line. */
export const fileOfRows = (rows: Iterable<object>): Blob =>
  new Blob(
    Array.from(rows, (row) => `${JSON.stringify(row)}\n`),
    { type: "application/x-ndjson" },
  );
