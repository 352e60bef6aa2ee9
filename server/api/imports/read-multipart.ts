import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import busboy from "busboy";
import { AppError, isAppError } from "@/server/platform/errors";
import { bodyBytes } from "./body-bytes";

export type FilePart = { bytes: AsyncIterable<Uint8Array>; fileName: string | null; contentType: string };

/**
 * Reads a form with one file.
 * @param onFile takes the file in; what it throws ends the reading
 * @returns what `onFile` gave, with every field of the form, wherever it stands
 * @throws AppError `malformed` for what is no form or has no file
 */
export async function readMultipart<T>(
  request: Request,
  onFile: (part: FilePart) => Promise<T>,
): Promise<{ file: T; fields: [string, string][] }> {
  const fields: [string, string][] = [];
  const parser = openParser(request);
  let taken: Promise<T> | undefined;
  parser.on("field", (name, value) => fields.push([name, value]));
  parser.on("file", (_name, stream, { filename, mimeType }) => {
    taken = onFile({ bytes: stream, fileName: filename ?? null, contentType: mimeType });
    // The form is worth no more reading; the reason itself is thrown below.
    taken.catch(() => parser.destroy());
  });
  const read = pipeline(Readable.from(bodyBytes(request)), parser);
  try {
    await read;
  } catch (error) {
    await taken;
    throw isAppError(error) ? error : malformed(error);
  }
  if (!taken) throw malformed();
  return { file: await taken, fields };
}

function openParser(request: Request): busboy.Busboy {
  try {
    const headers = { "content-type": request.headers.get("content-type") ?? undefined };
    return busboy({ headers, limits: { files: 1, fields: 100, fieldSize: 100_000 } });
  } catch (cause) {
    throw malformed(cause);
  }
}

const malformed = (cause?: unknown): AppError =>
  new AppError("malformed", "The form can't be read, or holds no file.", { cause });
