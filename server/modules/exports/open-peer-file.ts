import type { ExportInput } from "@/contracts/exports";
import type { LabelDefinition } from "@/contracts/label-schema";
import { peerFiles, type WrittenRecord } from "@/server/modules/peers";
import { getSchemaLabels } from "@/server/modules/projects";
import type { Db } from "@/server/platform/db";
import type { PeerFileName } from "./check-export";
import { type FoundSnapshot, findSnapshots, snapshotHeader } from "./kinds/find-snapshots";
import type { ExportScope } from "./kinds/label-scope";
import { annotatedRecords, bareRecords, finalRecords, type LabelledRecords } from "./kinds/labelled-records";
import type { OpenedFile } from "./open-table-file";
import { textPieces } from "./text-pieces";

/**
 * A file of another tool: records with the labels that it has room for. Labels that the active schema doesn't define are
 * left out, of final labels those that the snapshot's own version doesn't.
 * @throws AppError `format_holds_less`, `no_snapshot`
 */
export async function openPeerFile(
  db: Db,
  scope: ExportScope,
  { format, input, active }: { format: PeerFileName; input: ExportInput; active: readonly LabelDefinition[] },
): Promise<OpenedFile> {
  const snapshots = input.kind === "final" ? await findSnapshots(db, scope, input.snapshot) : [];
  const labels =
    input.kind === "final"
      ? await definitionsOf(db, scope.projectId, snapshots)
      : input.kind === "records"
        ? []
        : active.filter(({ name }) => scope.label === undefined || scope.label === name);
  const { extension, contentType, open } = peerFiles[format];
  const writer = open(labels);
  const records = recordsOf(scope, { input, labels, snapshots });
  return {
    headers: snapshots.length > 0 ? snapshotHeader(snapshots) : {},
    extension: format === "labelstudio" ? extension : `${format}.${extension}`,
    contentType,
    chunks: (pool, signal) => writeRecords(records(pool, signal), writer),
  };
}

type Chosen = { input: ExportInput; labels: readonly LabelDefinition[]; snapshots: readonly FoundSnapshot[] };

function recordsOf(scope: ExportScope, { input, labels, snapshots }: Chosen): LabelledRecords {
  if (input.kind === "records") return bareRecords(scope);
  if (input.kind === "final") return finalRecords(scope, snapshots);
  const names = labels.map(({ name }) => name);
  return annotatedRecords(scope, names, input.annotator);
}

/** Each snapshot's label as its own version of the schema defines it. */
async function definitionsOf(
  db: Db,
  projectId: string,
  snapshots: readonly FoundSnapshot[],
): Promise<LabelDefinition[]> {
  const found = await Promise.all(
    snapshots.map(async ({ label, schemaVersion }) =>
      (await getSchemaLabels(db, projectId, schemaVersion)).find(({ name }) => name === label),
    ),
  );
  return found.filter((definition) => definition !== undefined);
}

type Writer = { head: string; write: (record: WrittenRecord) => string; end: () => string };

async function* writeRecords(
  batches: AsyncIterable<readonly WrittenRecord[]>,
  { head, write, end }: Writer,
): AsyncGenerator<string> {
  let before = head;
  for await (const rows of batches)
    for (const piece of textPieces(rows, write)) {
      yield before + piece;
      before = "";
    }
  yield before + end();
}
