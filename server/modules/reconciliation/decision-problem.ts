import type { z } from "zod";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { reconcileInput } from "@/contracts/reconciliations";
import { checkLabels } from "@/server/modules/annotations";
import type { Db } from "@/server/platform/db";
import { queryRows, sql } from "@/server/platform/sql";

type Given = Pick<z.infer<typeof reconcileInput>["items"][number], "recordId" | "start" | "end" | "value">;

/** Code points of the text of each record that is there. */
export async function readLengths(
  db: Db,
  projectId: string,
  given: readonly Given[],
): Promise<Map<string, number>> {
  const ids = given.map(({ recordId }) => recordId);
  const rows = await queryRows<{ id: string; length: number }>(
    db,
    sql`select r."id", char_length(r."content") as "length" from "Record" r
      where r."projectId" = ${projectId}::uuid and r."id" = any(${ids}::uuid[]) and r."deletedAt" is null`,
  );
  return new Map(rows.map(({ id, length }) => [id, length]));
}

/** What is wrong with one decision, in a sentence; null when nothing is, or its record is not there. */
export function decisionProblem(
  { start, end, value }: Given,
  definition: LabelDefinition,
  length: number | undefined,
): string | null {
  if (length === undefined) return null;
  if (definition.level === "span" && start === undefined)
    return "start must be given; this label is about a span.";
  if (definition.level === "record" && value?.length === 0)
    return "value must hold an option; null takes a decision back.";
  const given = { name: definition.name, value: value ?? [], start, end };
  const [problem] = checkLabels([given], { schema: [definition], path: "", length });
  return problem ? `${problem.path.replace(/^\.0\.?/, "") || "item"} ${problem.message}.` : null;
}
