import type { IncomingMessage } from "node:http";
import type { z } from "zod";
import { ApiError } from "./api-error";

/** Room for a record of 100,000 characters of four bytes, escaped, and a long instruction. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * Reads and checks the JSON body of a request.
 *
 * @throws ApiError 413 above 4 MiB; 400 when it isn't JSON, or isn't what the schema wants
 */
export async function readBody<T>(request: IncomingMessage, schema: z.ZodType<T>): Promise<T> {
  const parsed = schema.safeParse(parseJson(await readAll(request)));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const param = issue?.path.join(".") || null;
  throw new ApiError(400, `Invalid value${param ? ` for '${param}'` : ""}: ${issue?.message}`, null, param);
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    // The rest is read and dropped: to stop would reset the connection before the client has the answer.
    if (size <= MAX_BYTES) chunks.push(chunk);
  }
  if (size > MAX_BYTES) throw new ApiError(413, `The request body is larger than ${MAX_BYTES} bytes.`);
  return Buffer.concat(chunks).toString("utf8");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400, "We could not parse the JSON body of your request.");
  }
}
