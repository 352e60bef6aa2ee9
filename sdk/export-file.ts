import type { ExportInput } from "../contracts/exports";
import type { Query } from "../contracts/query";
import type { Client } from "./http/client";
import type { CallOptions } from "./http/http";

export type ExportSettings = Partial<Omit<ExportInput, "query">> &
  Pick<ExportInput, "kind"> & { query?: Query };

/** A file that is written while it is read. */
export type ExportedFile = {
  contentType: string;
  /** What a browser would call it. */
  fileName: string | null;
  /** Of final labels: the snapshots that it holds. */
  snapshots: string[];
  /** For records as CSV: the `types` to import it with again. */
  types: string | null;
  stream: ReadableStream<Uint8Array>;
  /** All of it at once; instead of `stream`. */
  text(): Promise<string>;
  blob(): Promise<Blob>;
};

/** @throws TandemError before the first byte; what breaks off later breaks the stream */
export async function exportFile(
  client: Client,
  { query, ...settings }: ExportSettings,
  options: CallOptions = {},
): Promise<ExportedFile> {
  const answer = await client.http.open({
    method: "GET",
    path: client.at("/export"),
    query: { ...settings, query: query && JSON.stringify(query) },
    accept: "*/*",
    ...options,
  });
  const { headers } = answer;
  return {
    contentType: headers.get("content-type") ?? "application/octet-stream",
    fileName: fileNameOf(headers.get("content-disposition") ?? ""),
    snapshots: (headers.get("x-tandem-snapshot") ?? "").split(",").flatMap((id) => id.trim() || []),
    types: headers.get("x-tandem-types"),
    stream: answer.body ?? new Blob([]).stream(),
    text: () => answer.text(),
    blob: () => answer.blob(),
  };
}

function fileNameOf(disposition: string): string | null {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  if (encoded) return decodeURIComponent(encoded);
  return /filename="?([^";]+)"?/i.exec(disposition)?.[1] ?? null;
}
