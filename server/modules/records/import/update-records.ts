import { isDeepStrictEqual } from "node:util";
import type pg from "pg";
import type { JsonValue } from "@/contracts/common";
import { queryLarge } from "@/server/platform/query-large";
import type { ColumnTypes } from "./column-types";
import { STAGED_ROWS } from "./label-import";
import type { StagedVectors } from "./staged-vectors";
import type { Staging } from "./staging";
import { convertedMetadata } from "./write-records";

const BATCH = 1000;

type Facts = Record<string, JsonValue>;
type PendingRow = { ord: number; line: number; externalId: string; content: string; metadata: Facts };
type RecordState = {
  id: string;
  externalId: string;
  content: string;
  metadata: Facts;
  labelled: boolean;
  deleted: boolean;
};
type Change = { content: string; patch: Facts };
type Target = { projectId: string; vectors: StagedVectors | undefined };
type Counts = { updated: number; skipped: number; restored: number };

/**
 * Applies the staged rows whose ids were there already, in the order of the file: the text is replaced, unless
 * the record has labels, metadata is merged, and a deleted record comes back. Batch by batch, the records locked, so that nobody labels a
 * text while it is replaced.
 */
export async function updateRecords(
  client: pg.ClientBase,
  staging: Staging,
  { types, marked, ...target }: Target & { types: ColumnTypes; marked: boolean },
  onBatch: (rows: number) => Promise<void>,
): Promise<Counts> {
  const metadata = convertedMetadata(types, marked, 2);
  await client.query(
    `declare pending no scroll cursor for
     select s.ord, s.line, s."externalId", s.content, ${metadata.sql} as metadata from ${STAGED_ROWS} s
     where not exists (select from "Record" r where r."projectId" = $1::uuid and r."id" = s.id)
     order by s."externalId" collate "C", s.ord`,
    [target.projectId, ...metadata.params],
  );
  const counts: Counts = { updated: 0, skipped: 0, restored: 0 };
  let done = 0;
  for (;;) {
    const rows = await queryLarge<PendingRow>(client, `fetch ${BATCH} from pending`);
    if (rows.length > 0) await applyBatch(client, staging, target, rows, counts);
    if (rows.length < BATCH) return counts;
    done += rows.length;
    await onBatch(done);
  }
}

async function applyBatch(
  client: pg.ClientBase,
  staging: Staging,
  { projectId, vectors }: Target,
  rows: readonly PendingRow[],
  counts: Counts,
): Promise<void> {
  const states = await lockStates(client, projectId, [...new Set(rows.map((row) => row.externalId))]);
  const recordId = ({ externalId }: PendingRow) => states.get(externalId)?.id ?? "";
  const bringing = await vectors?.differing(rows.map((row) => ({ ord: row.ord, recordId: recordId(row) })));
  const changes = new Map<string, Change>();
  const changing: PendingRow[] = [];
  for (const row of rows) {
    const state = states.get(row.externalId);
    if (!state) throw new Error("A record vanished while it was being imported.");
    const replacesText = row.content !== state.content;
    const metadata = { ...state.metadata, ...row.metadata };
    if (replacesText && state.labelled) {
      await staging.refuse({
        line: row.line,
        externalId: row.externalId,
        code: "has_labels",
        message: "The record has labels, so its text stays. Import the new text under another id.",
      });
    } else if (
      !replacesText &&
      !state.deleted &&
      !bringing?.has(row.ord) &&
      isDeepStrictEqual(metadata, state.metadata)
    )
      counts.skipped += 1;
    else {
      changing.push(row);
      counts.updated += 1;
      if (state.deleted) counts.restored += 1;
      state.deleted = false;
      state.content = row.content;
      state.metadata = metadata;
      const patch = { ...changes.get(state.id)?.patch, ...row.metadata };
      changes.set(state.id, { content: row.content, patch });
    }
  }
  await writeChanges(client, projectId, changes);
  await vectors?.write(changing.map((row) => ({ ord: row.ord, recordId: recordId(row) })));
}

/** Two statements, since only one that starts after the locks are held sees the labels given meanwhile. */
async function lockStates(
  client: pg.ClientBase,
  projectId: string,
  externalIds: string[],
): Promise<Map<string, RecordState>> {
  await client.query(
    `select 1 from "Record" where "projectId" = $1::uuid and "externalId" = any($2::text[])
     order by "id" for update`,
    [projectId, externalIds],
  );
  const rows = await queryLarge<RecordState>(
    client,
    `select r."id", r."externalId", r."content", r."metadata", r."deletedAt" is not null as deleted,
       exists (select from "Annotation" a where a."projectId" = r."projectId" and a."recordId" = r."id") as labelled
     from "Record" r where r."projectId" = $1::uuid and r."externalId" = any($2::text[])`,
    [projectId, externalIds],
  );
  return new Map(rows.map((row) => [row.externalId, row]));
}

async function writeChanges(
  client: pg.ClientBase,
  projectId: string,
  changes: ReadonlyMap<string, Change>,
): Promise<void> {
  if (changes.size === 0) return;
  const ids = [...changes.keys()];
  const texts = [...changes.values()].map(({ content }) => content);
  // Vectors are those of a text: a new one has none yet.
  await queryLarge(
    client,
    `delete from "RecordVector" v using unnest($2::uuid[], $3::text[]) n (id, content), "Record" r
     where v."projectId" = $1::uuid and v."recordId" = n.id
       and r."projectId" = $1::uuid and r."id" = n.id and r."content" <> n.content`,
    [projectId, ids, texts],
  );
  await queryLarge(
    client,
    `update "Record" r set "content" = n.content, "metadata" = r."metadata" || n.patch::jsonb, "updatedAt" = now(),
       "deletedAt" = null, "deletedById" = null, "erasedAt" = null
     from unnest($2::uuid[], $3::text[], $4::text[]) n (id, content, patch)
     where r."projectId" = $1::uuid and r."id" = n.id`,
    [projectId, ids, texts, [...changes.values()].map(({ patch }) => JSON.stringify(patch))],
  );
}
