import { createHash, randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, rm } from "node:fs/promises";
import path from "node:path";
import { isDiskFull } from "@/server/platform/database-problem";
import { AppError } from "@/server/platform/errors";
import { Utf8Check } from "./formats/encoding";
import { HEAD_BYTES } from "./limits";
import type { FileBytes } from "./stored-file";

/** A file that has arrived whole, kept outside the database until it is handed over or closed. */
export type Upload = FileBytes & {
  sha256: string;
  /** The first bytes, at most `HEAD_BYTES`. */
  head: Uint8Array;
  isUtf8: boolean;
  /** Gives the room back; must be called. */
  close(): Promise<void>;
};

export type ReceiveOptions = {
  /** A folder of this process's own. */
  dir: string;
  maxBytes: number;
  /** Called once, with the first bytes; what it throws ends the upload. */
  onHead: (head: Uint8Array) => void;
};

const PIECE = 1024 * 1024;

/**
 * Takes in the bytes of a file as they come, in constant memory. The file has no name as long as it is open,
 * so a killed process leaves nothing behind.
 * @throws AppError `too_large` as soon as it is, `empty_file`, `disk_full`
 */
export async function receiveUpload(
  body: AsyncIterable<Uint8Array>,
  { dir, maxBytes, onHead }: ReceiveOptions,
): Promise<Upload> {
  const file = await openNameless(dir);
  try {
    const hash = createHash("sha256");
    const utf8 = new Utf8Check();
    let head = new Uint8Array();
    let bytes = 0;
    let sawHead = false;
    for await (const chunk of body) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      if (!sawHead) {
        head = Buffer.concat([head, chunk]).subarray(0, HEAD_BYTES);
        if (head.length === HEAD_BYTES) {
          sawHead = true;
          onHead(head);
        }
      }
      hash.update(chunk);
      utf8.push(chunk);
      await file.appendFile(chunk);
    }
    if (bytes === 0)
      throw new AppError("empty_file", "The file is empty.", {
        errors: [{ path: "file", message: "is empty" }],
      });
    if (!sawHead) onHead(head);
    return {
      size: bytes,
      sha256: hash.digest("hex"),
      head,
      isUtf8: utf8.end(),
      read: () => readPieces(file, bytes),
      slice: (start, end) => readSlice(file, start, end),
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw isDiskFull(error) ? noRoom(error) : error;
  }
}

/** The answer to an upload for which the server has no room. */
export const noRoom = (cause: unknown): AppError =>
  new AppError(
    "disk_full",
    "The server has no room for the file: a disk of it is full. Nothing was imported. Free room in its data folder and in its database, then send the file again.",
    { status: 507, cause },
  );

/** The answer to a body that is over the limit, said beforehand or found while it comes. */
export function tooLarge(maxBytes: number): AppError {
  const limit = `${Math.floor(maxBytes / 1024 / 1024) || maxBytes} ${maxBytes < 1024 * 1024 ? "bytes" : "MB"}`;
  return new AppError("too_large", `The file is larger than ${limit}. Split it and import the parts.`, {
    errors: [{ path: "file", message: `is larger than ${limit}` }],
  });
}

async function openNameless(dir: string): Promise<FileHandle> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const name = path.join(dir, `${randomUUID()}.upload`);
  const file = await open(name, "wx+", 0o600);
  await rm(name);
  return file;
}

async function readSlice(file: FileHandle, start: number, end: number): Promise<Uint8Array> {
  const buffer = Buffer.allocUnsafe(Math.max(end - start, 0));
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, start + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

async function* readPieces(file: FileHandle, bytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes; ) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(PIECE), 0, PIECE, at);
    if (bytesRead === 0) throw new Error("The upload became shorter while it was read.");
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
