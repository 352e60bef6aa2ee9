import { AppError } from "@/server/platform/errors";

/**
 * The bytes of a request as they come. Leaving the loop early ends the transfer.
 * @throws AppError `malformed` when the sender breaks off, so that half a file is never taken for one
 */
export async function* bodyBytes({ body, headers }: Request): AsyncGenerator<Uint8Array> {
  if (!body) return;
  const reader = body.getReader();
  const expected = headers.get("content-length");
  let received = 0;
  let open = true;
  try {
    for (;;) {
      const { done, value } = await nextChunk(reader);
      open = !done;
      if (done) break;
      received += value.byteLength;
      yield value;
    }
  } catch (error) {
    open = false;
    throw error;
  } finally {
    if (open) await reader.cancel();
  }
  if (expected !== null && Number(expected) !== received) throw brokenOff();
}

async function nextChunk(reader: ReadableStreamDefaultReader<Uint8Array>) {
  try {
    return await reader.read();
  } catch (cause) {
    throw brokenOff(cause);
  }
}

const brokenOff = (cause?: unknown): AppError =>
  new AppError("malformed", "The upload broke off. Nothing was imported; send the file again.", { cause });
