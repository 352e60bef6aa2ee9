import { AppError } from "@/server/platform/errors";

/** Largest JSON body of a REST call; files go to the import route, which streams. */
const MAX_JSON_BYTES = 10 * 1024 * 1024;

/**
 * Reads a JSON object, counting bytes as they come; no body at all is `{}`.
 * @throws AppError `too_large`, `unsupported_media_type`, `malformed`
 */
export async function readJsonBody(
  request: Request,
): Promise<{ value: Record<string, unknown>; text: string }> {
  const text = await readText(request);
  if (text === "") return { value: {}, text };
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/(?:[\w.-]+\+)?json\b/i.test(type))
    throw new AppError("unsupported_media_type", "Send the body as Content-Type: application/json.");
  const value = parse(text);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new AppError("malformed", "The body must be a JSON object.");
  return { value: value as Record<string, unknown>, text };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError(
      "malformed",
      `The body is not JSON: ${error instanceof Error ? error.message : "unreadable"}`,
    );
  }
}

/** The body as text, counting bytes as they come. @throws AppError `too_large`, `malformed` for what is not UTF-8 */
export async function readText(request: Request): Promise<string> {
  if (!request.body) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > MAX_JSON_BYTES)
      throw new AppError("too_large", `The body is larger than ${MAX_JSON_BYTES / 1024 / 1024} MB.`);
    chunks.push(chunk);
  }
  return decodeUtf8(Buffer.concat(chunks));
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AppError("malformed", "The body is not UTF-8.", { cause });
  }
}
