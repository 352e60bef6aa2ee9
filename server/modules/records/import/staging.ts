import type pg from "pg";
import { newId } from "@/server/platform/ids";
import { queryLarge } from "@/server/platform/query-large";
import { STAGED_ROWS } from "./label-import";
import type { GoodRow, RefusedRow } from "./source-row";

/** So few that V8's young generation is collected only after several batches: what is in use twice then stays for long. */
const BATCH = 250;
/** UTF-16 units of text in a batch, so that many long texts don't fill the memory. */
const BATCH_UNITS = 4_000_000;

/** The import of one transaction: good rows wait in a table of its own, refused ones are kept at once. */
export class Staging {
  private good: GoodRow[] = [];
  private units = 0;
  private bad: RefusedRow[] = [];
  /** Good rows so far; each has its number, from 1, in the order of the file. */
  staged = 0;
  refused = 0;

  private constructor(
    private readonly client: pg.ClientBase,
    private readonly run: { projectId: string; importId: string },
  ) {}

  static async open(client: pg.ClientBase, run: { projectId: string; importId: string }): Promise<Staging> {
    await client.query(
      `create temp table ${STAGED_ROWS} (
         ord int not null, line int not null, id uuid not null,
         "externalId" text not null, content text not null, metadata jsonb not null, labels jsonb
       ) on commit drop`,
    );
    return new Staging(client, run);
  }

  async add(row: GoodRow): Promise<void> {
    this.staged += 1;
    this.units += row.content.length;
    if (this.good.push(row) >= BATCH || this.units >= BATCH_UNITS) await this.flushGood();
  }

  async refuse(row: RefusedRow): Promise<void> {
    this.refused += 1;
    if (this.bad.push(row) >= BATCH) await this.flushBad();
  }

  async flush(): Promise<void> {
    await this.flushGood();
    await this.flushBad();
  }

  private async flushGood(): Promise<void> {
    const rows = this.good;
    if (rows.length === 0) return;
    this.good = [];
    this.units = 0;
    await queryLarge(
      this.client,
      `insert into ${STAGED_ROWS}
       select $1::int + at, line, id, "externalId", content, metadata::jsonb, labels::jsonb
       from unnest($2::int[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[]) with ordinality
         as given (line, id, "externalId", content, metadata, labels, at)`,
      [
        this.staged - rows.length,
        rows.map(({ line }) => line),
        rows.map(() => newId()),
        rows.map(({ externalId }) => externalId),
        rows.map(({ content }) => content),
        rows.map(({ metadata }) =>
          metadata.size === 0 ? "{}" : JSON.stringify(Object.fromEntries(metadata)),
        ),
        rows.map(({ labels }) => (labels === undefined ? null : JSON.stringify(labels))),
      ],
    );
  }

  private async flushBad(): Promise<void> {
    const rows = this.bad;
    if (rows.length === 0) return;
    this.bad = [];
    await queryLarge(
      this.client,
      `insert into "ImportRefusal" ("projectId", "importId", "ordinal", "line", "externalId", "code", "message")
       select $1::uuid, $2::uuid, $3::int + at, line, "externalId", code, message
       from unnest($4::int[], $5::text[], $6::text[], $7::text[]) with ordinality
         as given (line, "externalId", code, message, at)`,
      [
        this.run.projectId,
        this.run.importId,
        this.refused - rows.length,
        rows.map(({ line }) => line),
        rows.map(({ externalId }) => externalId ?? null),
        rows.map(({ code }) => code),
        rows.map(({ message }) => message),
      ],
    );
  }
}
