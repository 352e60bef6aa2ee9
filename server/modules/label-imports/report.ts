import type pg from "pg";
import type { LabelReport } from "@/contracts/label-imports";
import type { LabelRun } from "@/server/modules/records";

/** Keeps what an import of labels brought with its run. */
export async function writeReport(
  client: pg.ClientBase,
  { projectId, importId }: LabelRun,
  report: LabelReport,
): Promise<void> {
  await client.query(
    `update "ImportRun" set "labelReport" = $3::jsonb where "projectId" = $1::uuid and "id" = $2::uuid`,
    [projectId, importId, JSON.stringify(report)],
  );
}
