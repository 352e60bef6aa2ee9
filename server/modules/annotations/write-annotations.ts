import type { z } from "zod";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { writeAnnotationsInput, writeAnnotationsOutput } from "@/contracts/records";
import type { ProjectActor } from "@/server/modules/access";
import { findActiveSchema } from "@/server/modules/projects";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError, type FieldError } from "@/server/platform/errors";
import { checkLabels } from "./check-labels";
import { ensureAnnotator } from "./ensure-annotator";
import { readLengths } from "./read-lengths";
import { type PersonLabel, replaceLabels } from "./replace-labels";

type WriteAnnotationsInput = Omit<z.infer<typeof writeAnnotationsInput>, "project">;
type Items = WriteAnnotationsInput["items"];

/** Of one request; a span label may have many. */
const MAX_LABELS = 20_000;

/**
 * Labels records as the actor: of each label named in an item, the actor's annotations on that record become
 * those given (all spans of it; an empty value clears, or says with its status why there is none); other labels,
 * and everybody else's, stay. All or nothing. Writing the same again changes nothing.
 * @throws AppError `no_schema`, `not_found` for records out of reach, `invalid_value` with the path of each
 * wrong place
 */
export async function writeAnnotations(
  db: Db,
  actor: ProjectActor,
  { items }: WriteAnnotationsInput,
): Promise<z.infer<typeof writeAnnotationsOutput>> {
  const { projectId, userId, userName } = actor;
  if (items.reduce((sum, { labels }) => sum + labels.length, 0) > MAX_LABELS)
    throw new AppError(
      "too_large",
      `At most ${MAX_LABELS} labels can be written at once; send them in parts.`,
    );
  return inTransaction(db, async (tx) => {
    const schema = await findActiveSchema(tx, actor);
    if (!schema)
      throw new AppError("no_schema", "This project has no label schema yet; make one first.", {
        status: 409,
      });
    const lengths = await readLengths(
      tx,
      actor,
      items.map(({ recordId }) => recordId),
    );
    refuseUnknown(items, lengths);
    const problems = itemProblems(items, schema.labelSchema, lengths);
    if (problems.length > 0)
      throw new AppError(
        "invalid_value",
        `${problems[0]?.path} ${problems[0]?.message}. Nothing was written.`,
        {
          errors: problems,
        },
      );
    await ensureAnnotator(tx, { projectId, id: userId, kind: "user", name: userName });
    const levels = new Map(schema.labelSchema.map(({ name, level }) => [name, level]));
    const rows = items.flatMap(({ recordId, labels }) =>
      labels.map(({ name, status, reason, ...label }): PersonLabel => {
        const level = levels.get(name) ?? "record";
        return {
          recordId,
          label: name,
          level,
          ...label,
          ...(status ? { response: { status, reason } } : {}),
        };
      }),
    );
    const current = await replaceLabels(tx, { projectId, userId, schemaVersion: schema.version, rows });
    return {
      items: items.map(({ recordId }) => ({
        recordId,
        labels: current
          .filter((label) => label.recordId === recordId)
          .map(({ recordId: _, ...label }) => label),
      })),
    };
  });
}

function refuseUnknown(items: Items, lengths: ReadonlyMap<string, number>): void {
  const unknown = items.flatMap(({ recordId }, index) =>
    lengths.has(recordId) ? [] : [{ path: `items.${index}.recordId`, message: "there is no such record" }],
  );
  if (unknown.length > 0)
    throw new AppError(
      "not_found",
      "Some of the records don't exist, or you have no access to them. Nothing was written.",
      {
        errors: unknown,
      },
    );
}

function itemProblems(
  items: Items,
  schema: readonly LabelDefinition[],
  lengths: ReadonlyMap<string, number>,
): FieldError[] {
  return items.flatMap(({ recordId, labels }, index) => {
    const first = items.findIndex((item) => item.recordId === recordId);
    if (first < index)
      return [
        {
          path: `items.${index}.recordId`,
          message: `stands in item ${first} already; put the labels together`,
        },
      ];
    return checkLabels(labels, {
      schema,
      path: `items.${index}.labels`,
      length: lengths.get(recordId) ?? 0,
    });
  });
}
