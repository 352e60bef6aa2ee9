import { type ExportChoices, exportFormat } from "@/contracts/exports";
import { type ProjectActor, requireScope } from "@/server/modules/access";
import { listAggregations } from "@/server/modules/aggregation";
import { listAnnotators } from "@/server/modules/annotations";
import { peerFiles } from "@/server/modules/peers";
import { findActiveSchema } from "@/server/modules/projects";
import type { Db } from "@/server/platform/db";
import { peerFormat } from "./check-export";

/** Snapshots to choose from. */
const SNAPSHOTS = 100;

/** What an export can be narrowed to, and what each format can't hold. */
export async function listChoices(db: Db, actor: ProjectActor): Promise<ExportChoices> {
  requireScope(actor, "export:read");
  const schema = await findActiveSchema(db, actor);
  const annotators = await listAnnotators(db, actor);
  const snapshots = await listAggregations(db, actor, { limit: SNAPSHOTS });
  return {
    labels: schema?.labelSchema.map(({ name }) => name) ?? [],
    annotators: annotators.items.map(({ id, name, kind }) => ({ id, name, kind })),
    snapshots: snapshots.items
      .filter(({ status }) => status === "ready")
      .map(({ id, label, policy, createdAt, counts: { records, ties } }) => ({
        ...{ id, label, policy, createdAt, records, ties },
      })),
    formats: exportFormat.options.map((format) => {
      const peer = peerFormat({ format });
      return { format, losses: peer ? [...peerFiles[peer].losses] : [...tableLosses(format)] };
    }),
  };
}

const tableLosses = (format: string): string[] =>
  format === "csv" ? ["An empty text in metadata can't be told from none."] : [];
