import type pg from "pg";
import { type Db, sqlRows, sqlRun } from "@/server/platform/db";

const PIECE = 1024 * 1024;

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

/** The bytes of a kept file, in pieces of a megabyte. */
export async function* readStoredFile(client: pg.ClientBase, name: string): AsyncGenerator<Uint8Array> {
  for (let at = 0; ; at += PIECE) {
    const { rows } = await client.query<{ piece: Buffer }>(
      "select lo_get($1::text::oid, $2::bigint, $3::int) as piece",
      [name, at, PIECE],
    );
    const piece = rows[0]?.piece;
    if (!piece || piece.length === 0) return;
    yield piece;
    if (piece.length < PIECE) return;
  }
}

/** Part of a statement that gives the room of the file named by `"storedAs"` back, where there is one. */
export const unlinkFileOf = (table: string): string =>
  `select lo_unlink(file.oid) from ${table} join pg_largeobject_metadata file on file.oid = ${table}."storedAs"::oid`;
