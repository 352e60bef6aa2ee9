import type pg from "pg";
import type { ImportOptions } from "@/contracts/imports";
import { signatureOf } from "@/server/modules/search";
import { AppError } from "@/server/platform/errors";
import { queryLarge } from "@/server/platform/query-large";
import { STAGED_ROWS } from "./label-import";
import type { GoodRow, RefusedRow } from "./source-row";

/** The vectors of staged rows, by the rows' `ord`. */
const VECTORS = "import_vectors";
/** Numbers that wait to be staged. */
const BATCH_NUMBERS = 200_000;

type Waiting = { ord: number; name: string; vector: readonly number[] };
/** A staged row and the record that it changes. */
type RowOfRecord = { ord: number; recordId: string };

/** The vectors that an import brings: of each name all have one length, that of the first, or of those the project has. */
export class StagedVectors {
  private waiting: Waiting[] = [];
  private numbers = 0;

  private constructor(
    private readonly client: pg.ClientBase,
    private readonly projectId: string,
    private readonly lengths: Map<string, number>,
  ) {}

  /** Undefined when no column is said to hold vectors. */
  static async open(
    client: pg.ClientBase,
    projectId: string,
    { types }: Pick<ImportOptions, "types">,
  ): Promise<StagedVectors | undefined> {
    const names = Object.keys(types).filter((name) => types[name] === "vector");
    if (names.length === 0) return undefined;
    const { rows } = await client.query<{ name: string; dimensions: number }>(
      `select "name", "dimensions" from "VectorSpace" where "projectId" = $1::uuid and "name" = any($2::text[])`,
      [projectId, names],
    );
    await client.query(
      `create temp table ${VECTORS} (ord int not null, name text not null, vector real[] not null,
         norm float8 not null, signature bit(256) not null, primary key (ord, name)) on commit drop`,
    );
    return new StagedVectors(
      client,
      projectId,
      new Map(rows.map(({ name, dimensions }) => [name, dimensions])),
    );
  }

  /** The refusal of a row one of whose vectors has another length than those before. */
  refusal({ line, externalId, vectors }: GoodRow): RefusedRow | undefined {
    for (const [name, { length }] of vectors ?? []) {
      const wanted = this.lengths.get(name) ?? length;
      if (length !== wanted) {
        const message = `"${name}" has ${length} numbers; vectors of this name have ${wanted}.`;
        return { line, externalId, code: "bad_type", message };
      }
    }
    return undefined;
  }

  async add(ord: number, { vectors }: GoodRow): Promise<void> {
    for (const [name, vector] of vectors ?? []) {
      if (!this.lengths.has(name)) this.lengths.set(name, vector.length);
      this.waiting.push({ ord, name, vector });
      this.numbers += vector.length;
    }
    if (this.numbers >= BATCH_NUMBERS) await this.flush();
  }

  /** Writes the vectors of the records that this import made. @returns the names that have vectors */
  async writeNew(): Promise<string[]> {
    await this.flush();
    const names = await this.makeSpaces();
    await this.client.query(
      `insert into "RecordVector" ("projectId", "name", "recordId", "values", "norm", "signature")
       select $1::uuid, v.name, r."id", v.vector, v.norm, v.signature
       from ${VECTORS} v join ${STAGED_ROWS} s on s.ord = v.ord
       join "Record" r on r."projectId" = $1::uuid and r."id" = s.id`,
      [this.projectId],
    );
    return names;
  }

  /** Which of these rows bring a vector that their record doesn't have. */
  async differing(rows: readonly RowOfRecord[]): Promise<Set<number>> {
    const found = await queryLarge<{ ord: number }>(
      this.client,
      `select distinct t.ord from (
         select v.*, n.id, count(*) over (partition by n.id, v.name) as rows
         from unnest($2::int[], $3::uuid[]) n (ord, id) join ${VECTORS} v using (ord)
       ) t left join "RecordVector" r on r."projectId" = $1::uuid and r."name" = t.name and r."recordId" = t.id
       where t.rows > 1 or r."values" is distinct from t.vector`,
      [this.projectId, rows.map(({ ord }) => ord), rows.map(({ recordId }) => recordId)],
    );
    return new Set(found.map(({ ord }) => ord));
  }

  /** Writes the vectors of rows that change a record that was there; of several rows of one, the last. */
  async write(rows: readonly RowOfRecord[]): Promise<void> {
    await queryLarge(
      this.client,
      `insert into "RecordVector" ("projectId", "name", "recordId", "values", "norm", "signature")
       select distinct on (n.id, v.name) $1::uuid, v.name, n.id, v.vector, v.norm, v.signature
       from unnest($2::int[], $3::uuid[]) n (ord, id) join ${VECTORS} v using (ord)
       order by n.id, v.name, v.ord desc
       on conflict ("projectId", "name", "recordId") do update
         set "values" = excluded."values", "norm" = excluded."norm", "signature" = excluded."signature"`,
      [this.projectId, rows.map(({ ord }) => ord), rows.map(({ recordId }) => recordId)],
    );
  }

  /** @throws AppError `invalid` when somebody gave a name vectors of another length meanwhile */
  private async makeSpaces(): Promise<string[]> {
    const { rows: names } = await this.client.query<{ name: string }>(
      `select distinct name from ${VECTORS} order by name`,
    );
    for (const { name } of names) {
      const length = this.lengths.get(name);
      await this.client.query(
        `insert into "VectorSpace" ("projectId", "name", "dimensions", "source", "model")
         values ($1::uuid, $2, $3::int, 'given', null) on conflict do nothing`,
        [this.projectId, name, length],
      );
      // Shared: nobody deletes the name meanwhile.
      const { rows } = await this.client.query<{ dimensions: number }>(
        `select "dimensions" from "VectorSpace" where "projectId" = $1::uuid and "name" = $2 for share`,
        [this.projectId, name],
      );
      if (rows[0]?.dimensions !== length)
        throw new AppError(
          "invalid",
          `While the file was read, "${name}" was given vectors of another length. Nothing was imported; import the column under another name.`,
        );
    }
    return names.map(({ name }) => name);
  }

  private async flush(): Promise<void> {
    const rows = this.waiting;
    this.waiting = [];
    this.numbers = 0;
    if (rows.length === 0) return;
    await queryLarge(
      this.client,
      `insert into ${VECTORS} select ord, name, vector::real[], norm, bits::bit(256)
       from unnest($1::int[], $2::text[], $3::text[], $4::float8[], $5::text[]) given (ord, name, vector, norm, bits)`,
      [
        rows.map(({ ord }) => ord),
        rows.map(({ name }) => name),
        rows.map(({ vector }) => `{${vector.join(",")}}`),
        rows.map(({ vector }) => Math.hypot(...vector)),
        rows.map(({ vector }) => signatureOf(vector)),
      ],
    );
  }
}
