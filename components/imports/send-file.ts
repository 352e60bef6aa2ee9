import { type Problem, problem } from "@/contracts/common";
import { type ImportPreview, importPreview } from "@/contracts/imports";

/** Bytes at the beginning of a file that are looked at before it is sent. */
const SAMPLE_BYTES = 256 * 1024;

export type Sample = { sample: string; whole: boolean };

/** The first bytes of a file in base64. Rejects when the browser can't read the file. */
export function readSample(file: File): Promise<Sample> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = () => reject(new Error("The file can't be read. It may have been moved or changed."));
    reader.onload = () => {
      const url = typeof reader.result === "string" ? reader.result : "";
      resolve({ sample: url.slice(url.indexOf(",") + 1), whole: file.size <= SAMPLE_BYTES });
    };
    reader.readAsDataURL(file.slice(0, SAMPLE_BYTES));
  });
}

type LookOptions = { project: string; encoding: string; sheet?: string; signal: AbortSignal };

/** Sends a file to be looked into; nothing of it is kept. Rejects with the problem's words. */
export async function lookIntoWhole(file: File, options: LookOptions): Promise<ImportPreview> {
  const { project, encoding, sheet, signal } = options;
  const params = new URLSearchParams({
    fileName: file.name,
    encoding,
    ...(sheet === undefined ? {} : { sheet }),
  });
  const answer = await fetch(`/api/files/${project}/imports/preview?${params}`, {
    method: "POST",
    body: file,
    signal,
  });
  const body: unknown = await answer.json().catch(() => undefined);
  const read = importPreview.safeParse(body);
  if (answer.ok && read.success) return read.data;
  const refused = problem.safeParse(body);
  throw new Error(refused.success ? refused.data.detail : unreachable.detail);
}

export type SentFile = { ok: true; id: string } | { ok: false; problem: Problem };

const types = {
  csv: "text/csv",
  tsv: "text/tab-separated-values",
  jsonl: "application/x-ndjson",
  json: "application/json",
  parquet: "application/vnd.apache.parquet",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  conll: "text/plain",
} as const;

export type SendOptions = {
  url: string;
  format: keyof typeof types;
  /** Share of the file that has been sent, 0–1. */
  onProgress: (share: number) => void;
  signal: AbortSignal;
};

/** Sends a file as it is. `fetch` can't tell how far it is, hence the older interface. */
export function sendFile(file: File, { url, format, onProgress, signal }: SendOptions): Promise<SentFile> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("content-type", types[format]);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => resolve(readAnswer(request));
    request.onerror = () => resolve({ ok: false, problem: unreachable });
    request.onabort = () => resolve({ ok: false, problem: stopped });
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(file);
  });
}

function readAnswer({ status, responseText }: XMLHttpRequest): SentFile {
  const body = parse(responseText);
  if (status === 202 && typeof body === "object" && body !== null && "id" in body)
    return { ok: true, id: String(body.id) };
  const read = problem.safeParse(body);
  return { ok: false, problem: read.success ? read.data : unreachable };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not from our server (a proxy's page): told as a failed transfer.
    return undefined;
  }
}

const failure = (code: string, detail: string): Problem => ({
  type: "about:blank",
  title: code,
  status: 0,
  code,
  detail,
});
const unreachable = failure(
  "unreachable",
  "The file did not arrive. Check the connection and send it again.",
);
const stopped = failure("stopped", "The upload was stopped. Nothing was imported.");
