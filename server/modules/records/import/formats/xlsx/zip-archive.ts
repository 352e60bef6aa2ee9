import { Readable } from "node:stream";
import yauzl from "yauzl";
import { isAppError } from "@/server/platform/errors";
import type { FileBytes } from "../../stored-file";
import { damaged } from "./damaged";

const PIECE = 256 * 1024;
/** Entries of an archive; a workbook has a few dozen. */
const MAX_ENTRIES = 10_000;
/** Bytes of one entry, unpacked: sheets of a million rows have some hundred megabytes. */
const MAX_UNPACKED = 2 * 1024 ** 3;

export type ZipArchive = {
  has(name: string): boolean;
  /** Unpacked size as the archive states it; what is unpacked never exceeds it. */
  sizeOf(name: string): number;
  /** @throws AppError `malformed_file` for an entry that is missing, too large or damaged */
  read(name: string): AsyncGenerator<Uint8Array>;
};

/** Opens a ZIP archive by its directory. @throws AppError `malformed_file` */
export async function openZip(file: FileBytes): Promise<ZipArchive> {
  const source = new FileReader(file);
  return source.orDamaged(async () => {
    const zip = await yauzl.fromRandomAccessReaderPromise(source, file.size, {
      autoClose: false,
      lazyEntries: true,
    });
    if (zip.entryCount > MAX_ENTRIES) throw damaged("it holds too many files");
    const entries = new Map<string, yauzl.Entry>();
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
    return {
      has: (name) => entries.has(name),
      sizeOf: (name) => entries.get(name)?.uncompressedSize ?? 0,
      read: (name) => readEntry(source, zip, entries.get(name), name),
    };
  });
}

async function* readEntry(
  source: FileReader,
  zip: yauzl.ZipFile,
  entry: yauzl.Entry | undefined,
  name: string,
): AsyncGenerator<Uint8Array> {
  if (!entry) throw damaged(`${name} is missing`);
  if (entry.uncompressedSize > MAX_UNPACKED) throw damaged(`${name} is larger than 2 GB when unpacked`);
  const pieces = (await source.orDamaged(() => zip.openReadStreamPromise(entry)))[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await source.orDamaged(() => pieces.next());
      if (done) return;
      yield value;
    }
  } finally {
    await pieces.return?.();
  }
}

/** Lets the ZIP reader read any part of a file, and tells apart what failed: the archive or the file's store. */
class FileReader extends yauzl.RandomAccessReader {
  private failure: unknown;

  constructor(private readonly file: FileBytes) {
    super();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.pieces(start, end));
  }

  private async *pieces(start: number, end: number): AsyncGenerator<Uint8Array> {
    for (let at = start; at < end; at += PIECE) {
      try {
        yield await this.file.slice(at, Math.min(at + PIECE, end));
      } catch (error) {
        this.failure = error;
        throw error;
      }
    }
  }

  async orDamaged<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      if (this.failure !== undefined) throw this.failure;
      if (isAppError(error)) throw error;
      throw damaged(error instanceof Error ? error.message : "it is no ZIP archive", error);
    }
  }
}
