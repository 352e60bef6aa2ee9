import { isUtf8 } from "node:buffer";
import iconv from "iconv-lite";
import type { ImportOptions } from "@/contracts/imports";
import { AppError } from "@/server/platform/errors";

/** How the bytes of a file are read. `latin1` is read as windows-1252, which holds it. */
export type TextEncoding = "utf-8" | "latin1" | "utf-16le" | "utf-16be";

const codecs: Record<TextEncoding, string> = {
  "utf-8": "utf8",
  latin1: "windows-1252",
  "utf-16le": "utf-16le",
  "utf-16be": "utf-16be",
};

const BYTE_ORDER_MARKS: readonly (readonly [TextEncoding, readonly number[]])[] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

/** The encoding that the first bytes declare, if they do. */
export function byteOrderMark(head: Uint8Array): TextEncoding | undefined {
  return BYTE_ORDER_MARKS.find(([, mark]) => mark.every((byte, index) => head[index] === byte))?.[0];
}

/** Whether bytes that come in pieces are UTF-8 as a whole. */
export class Utf8Check {
  private tail: Uint8Array = new Uint8Array();
  private valid = true;

  push(bytes: Uint8Array): void {
    if (!this.valid) return;
    const all = this.tail.length > 0 ? Buffer.concat([this.tail, bytes]) : bytes;
    const end = all.length - unfinished(all);
    this.valid = isUtf8(all.subarray(0, end));
    this.tail = all.slice(end);
  }

  /** Whether what has come can be the beginning of UTF-8. */
  isSoFar(): boolean {
    return this.valid;
  }

  end(): boolean {
    return this.valid && this.tail.length === 0;
  }
}

/** Bytes at the end that begin a character which the next piece may complete. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0;
  }
  return 0;
}

/**
 * Settles how a file is read, once all its bytes are known: as asked; else by its byte order mark; else as
 * UTF-8 when it is that throughout; else as latin1.
 * @throws AppError `invalid_encoding` when it can't be what was asked
 */
export function settleEncoding(
  asked: ImportOptions["encoding"],
  file: { head: Uint8Array; isUtf8: boolean; size: number },
): TextEncoding {
  const encoding =
    asked === "auto" ? (byteOrderMark(file.head) ?? (file.isUtf8 ? "utf-8" : "latin1")) : asked;
  const fits = encoding === "latin1" || (encoding === "utf-8" ? file.isUtf8 : file.size % 2 === 0);
  if (fits) return encoding;
  const message =
    encoding === "utf-8"
      ? "holds bytes that are not UTF-8. Save it as UTF-8, or say encoding=latin1."
      : `has an odd number of bytes, so it is not ${encoding.toUpperCase()} or was cut off.`;
  throw new AppError("invalid_encoding", `The file ${message}`, {
    errors: [{ path: "encoding", message: `the file ${message}` }],
  });
}

/**
 * Bytes that become one text. Every cell is a part of its text and keeps the whole of it alive, and a text of more than
 * 128 KiB goes to V8's old generation, where it stays until the whole heap is looked through.
 */
const TEXT_BYTES = 32 * 1024;

/** Decodes bytes that come in pieces; a byte order mark is not part of the text. */
export async function* decodeText(
  chunks: AsyncIterable<Uint8Array>,
  encoding: TextEncoding,
): AsyncGenerator<string> {
  const decoder = iconv.getDecoder(codecs[encoding], { stripBOM: true });
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    for (let at = 0; at < bytes.length; at += TEXT_BYTES) {
      const text = decoder.write(bytes.subarray(at, at + TEXT_BYTES));
      if (text !== "") yield text;
    }
  }
  const rest = decoder.end();
  if (rest) yield rest;
}

/** How a file is read as far as its first bytes tell: the rest may still show that it is not UTF-8. */
export function headEncoding(head: Uint8Array, asked: ImportOptions["encoding"]): TextEncoding {
  if (asked !== "auto") return asked;
  const check = new Utf8Check();
  check.push(head);
  return byteOrderMark(head) ?? (check.isSoFar() ? "utf-8" : "latin1");
}

/** The text of a file's first bytes, of which the last character may be cut: it is left out. */
export function decodeHead(head: Uint8Array, encoding: ImportOptions["encoding"]): string {
  return (
    iconv.getDecoder(codecs[headEncoding(head, encoding)], { stripBOM: true }).write(Buffer.from(head)) ?? ""
  );
}
