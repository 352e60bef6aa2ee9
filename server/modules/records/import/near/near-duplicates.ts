import type pg from "pg";
import { queryLarge } from "@/server/platform/query-large";
import { STAGED_ROWS } from "../label-import";
import { BANDS, bandsOf, NEAR, similarity } from "./min-hash";

/** The staged rows found to repeat an earlier text, by `ord`, with the external id of that one: `twin`. */
export const MARKS = "import_marks";

const BATCH = 500;
/** Records of the project come before all rows of the file. */
const BEFORE = 2 ** 52;

/**
 * Finds rows whose text is nearly the same as that of an earlier row, or of a record that the project has. Signatures
 * lie in the database, so that memory stays level: what shares a band is compared with the earliest of that band, and
 * the earliest that proves alike is its twin.
 */
export class NearDuplicates {
  private waiting: { ord: number; bands: number[] }[] = [];

  private constructor(private readonly client: pg.ClientBase) {}

  static async open(client: pg.ClientBase): Promise<NearDuplicates> {
    await client.query(`
      create temp table import_bands (ord bigint not null, band smallint not null, hash int not null) on commit drop;
      create temp table ${MARKS} (ord int primary key, twin text not null) on commit drop`);
    return new NearDuplicates(client);
  }

  async add(ord: number, content: string): Promise<void> {
    const bands = bandsOf(content);
    if (bands.length > 0 && this.waiting.push({ ord, bands }) >= BATCH) await this.flush();
  }

  /**
   * Marks what repeats; how many rows do.
   * @param onBatch told the share that is done, 0 to 1; what it throws ends the search
   */
  async mark(projectId: string, onBatch: (share: number) => Promise<void>): Promise<number> {
    await this.addExisting(projectId, (share) => onBatch(share / 2));
    await this.flush();
    await this.client.query(`
      create temp table import_twins on commit drop as select distinct ord::int as ord, first from (
        select ord, first_value(ord) over (partition by band, hash order by ord) as first from import_bands
      ) banded where first <> ord and ord > 0;
      analyze import_twins; analyze ${STAGED_ROWS}`);
    return this.compare(projectId, (share) => onBatch(0.5 + share / 2));
  }

  private async addExisting(projectId: string, onBatch: (share: number) => Promise<void>): Promise<void> {
    const { rows: counted } = await this.client.query<{ last: string | null }>(
      `select max("position") as last from "Record" where "projectId" = $1::uuid`,
      [projectId],
    );
    const last = Number(counted[0]?.last ?? 0);
    for (let position = -1; ; ) {
      const rows = await queryLarge<{ position: string; content: string }>(
        this.client,
        `select "position", "content" from "Record"
         where "projectId" = $1::uuid and "position" > $2::bigint and "deletedAt" is null
         order by "position" limit ${BATCH}`,
        [projectId, position],
      );
      for (const row of rows) await this.add(Number(row.position) - BEFORE, row.content);
      if (rows.length < BATCH) return;
      position = Number(rows.at(-1)?.position);
      await onBatch(position / Math.max(last, 1));
    }
  }

  private async compare(projectId: string, onBatch: (share: number) => Promise<void>): Promise<number> {
    const { rows: counted } = await this.client.query<{ n: number }>(
      "select count(*)::int as n from import_twins",
    );
    const total = counted[0]?.n ?? 0;
    await this.client.query(
      `declare twins no scroll cursor for
       select t.ord, s."content", coalesce(e."content", r."content") as earlier,
         coalesce(e."externalId", r."externalId") as twin
       from import_twins t
       join ${STAGED_ROWS} s on s.ord = t.ord
       left join ${STAGED_ROWS} e on t.first > 0 and e.ord = t.first
       left join "Record" r on t.first <= 0 and r."projectId" = $1::uuid and r."position" = t.first + $2::bigint
       where coalesce(e."externalId", r."externalId") <> s."externalId"
       order by t.ord, t.first`,
      [projectId, BEFORE],
    );
    let marked = 0;
    let seen = 0;
    let last = 0;
    for (;;) {
      const rows = await queryLarge<{ ord: number; content: string; earlier: string; twin: string }>(
        this.client,
        `fetch ${BATCH} from twins`,
      );
      if (rows.length === 0) return marked;
      const alike = rows.filter(({ ord, content, earlier }) => {
        if (ord === last || similarity(content, earlier) < NEAR) return false;
        last = ord;
        return true;
      });
      marked += alike.length;
      await this.client.query(`insert into ${MARKS} select * from unnest($1::int[], $2::text[])`, [
        alike.map(({ ord }) => ord),
        alike.map(({ twin }) => twin),
      ]);
      seen += rows.length;
      await onBatch(seen / total);
    }
  }

  private async flush(): Promise<void> {
    const rows = this.waiting;
    this.waiting = [];
    if (rows.length === 0) return;
    await queryLarge(
      this.client,
      `insert into import_bands
       select ($1::bigint[])[(at - 1) / ${BANDS} + 1], (at - 1) % ${BANDS}, hash
       from unnest($2::int[]) with ordinality as given (hash, at)`,
      [rows.map(({ ord }) => ord), rows.flatMap(({ bands }) => bands)],
    );
  }
}
