import type pg from "pg";
import { type Db, sqlRows, sqlRun } from "@/server/platform/db";
import { queryLarge } from "@/server/platform/query-large";

const PIECE = 256 * 1024;

/** Handing 2 GiB to the database takes longer than other transactions may. */
export const STORE_TIMEOUT = 15 * 60_000;

/**
 * Keeps a file in the database (as a large object) in the transaction of `tx`, so that whichever worker takes
 * the import up can read it, and a rollback leaves nothing.
 * @returns the name under which it is kept
 */
export async function storeFile(tx: Db, pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const [made] = await sqlRows<{ oid: string }>(tx, "select lo_create(0)::text as oid");
  if (!made) throw new Error("No large object was made.");
  let at = 0;
  for await (const piece of pieces) {
    await sqlRun(tx, "select lo_put($1::text::oid, $2::bigint, $3::bytea)", [made.oid, at, piece]);
    at += piece.byteLength;
  }
  return made.oid;
}

/** A file of which any part can be read, in any order. */
export type FileBytes = {
  size: number;
  /** From the beginning, in pieces of 256 KiB. */
  read(): AsyncGenerator<Uint8Array>;
  /** The bytes from `start` up to, without, `end`; fewer where the file ends before. */
  slice(start: number, end: number): Promise<Uint8Array>;
};

/** A kept file, read by the connection of its import. */
export function storedFile(client: pg.ClientBase, name: string, size: number): FileBytes {
  const slice = async (start: number, end: number): Promise<Uint8Array> => {
    const [row] = await queryLarge<{ piece: Buffer }>(
      client,
      "select lo_get($1::text::oid, $2::bigint, $3::int) as piece",
      [name, start, Math.max(end - start, 0)],
    );
    return row?.piece ?? new Uint8Array();
  };
  return {
    size,
    slice,
    async *read() {
      for (let at = 0; ; at += PIECE) {
        const piece = await slice(at, at + PIECE);
        if (piece.length > 0) yield piece;
        if (piece.length < PIECE) return;
      }
    },
  };
}

/** Bytes that are at hand already. */
export const bytesInMemory = (bytes: Uint8Array): FileBytes => ({
  size: bytes.length,
  slice: async (start, end) => bytes.subarray(start, end),
  async *read() {
    yield bytes;
  },
});

/** Part of a statement that gives the room of the file named by `"storedAs"` back, where there is one. */
export const unlinkFileOf = (table: string): string =>
  `select lo_unlink(file.oid) from ${table} join pg_largeobject_metadata file on file.oid = ${table}."storedAs"::oid`;
