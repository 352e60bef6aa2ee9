import type { z } from "zod";
import type {
  GivenAnswer,
  WrittenAnswer,
  writeAnswersInput,
  writeAnswersOutput,
} from "@/contracts/annotating";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { ProjectActor } from "@/server/modules/access";
import { findActiveSchema } from "@/server/modules/projects";
import { type Db, inTransaction } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { answerProblem } from "./check-answer";
import { ensureAnnotator } from "./ensure-annotator";
import { normalizeValue } from "./label-value";
import { lockOwnLabels } from "./lock-own-labels";
import { answerKey, noAnswer, type OwnAnswer, placeKey, presentAnswer, readOwnAnswers } from "./own-answers";
import { readLengths } from "./read-lengths";
import { type PersonLabel, replaceLabels } from "./replace-labels";

type WriteAnswersInput = Omit<z.infer<typeof writeAnswersInput>, "project">;
type Refusal = Extract<WrittenAnswer, { state: "refused" }>["error"];

/**
 * Writes the actor's answers, each about one label of one record: a value, spans (all of that label), or that they
 * can't tell. Each item is judged alone. One whose `base` is not the version that stands was made on something older
 * and is not written, unless it says what stands already: so a write that is sent again, its answer lost, is saved
 * and no conflict. Durable when it returns.
 * @throws AppError `no_schema`
 */
export async function writeAnswers(
  db: Db,
  actor: ProjectActor,
  { items }: WriteAnswersInput,
): Promise<z.infer<typeof writeAnswersOutput>> {
  const { projectId, userId, userName } = actor;
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
    const refusals = refuse(items, schema.labelSchema, lengths);
    const fine = items.filter((_, index) => !refusals[index]);
    if (fine.length === 0) return { items: items.map((item, index) => present(item, refusals[index])) };
    await ensureAnnotator(tx, { projectId, id: userId, kind: "user", name: userName });
    await lockOwnLabels(tx, { projectId, userId });
    const asked = {
      projectId,
      userId,
      recordIds: [...new Set(fine.map(({ recordId }) => recordId))],
      labels: [...new Set(fine.map(({ label }) => label))],
    };
    const before = await readOwnAnswers(tx, asked);
    const standing = ({ recordId, label }: GivenAnswer, from: ReadonlyMap<string, OwnAnswer>) =>
      from.get(answerKey(recordId, label)) ?? noAnswer(recordId, label);
    const isOvertaken = (item: GivenAnswer) => {
      const stands = standing(item, before);
      return item.base !== undefined && item.base !== stands.version && !says(stands, item);
    };
    const overtaken = new Set(fine.filter(isOvertaken));
    const changing = fine.filter((item) => !overtaken.has(item) && !says(standing(item, before), item));
    const levels = new Map(schema.labelSchema.map(({ name, level }) => [name, level]));
    await replaceLabels(tx, {
      projectId,
      userId,
      schemaVersion: schema.version,
      rows: changing.flatMap((item) =>
        labelsOf(item, levels.get(item.label) ?? "record", standing(item, before)),
      ),
    });
    const after = changing.length > 0 ? await readOwnAnswers(tx, asked) : before;
    return {
      items: items.map((item, index) =>
        present(item, refusals[index], {
          state: overtaken.has(item) ? "overtaken" : "saved",
          answer: presentAnswer(standing(item, after)),
        }),
      ),
    };
  });
}

function refuse(
  items: readonly GivenAnswer[],
  schema: readonly LabelDefinition[],
  lengths: ReadonlyMap<string, number>,
): (Refusal | null)[] {
  const seen = new Map<string, number>();
  return items.map((item, index) => {
    const { recordId, label } = item;
    const key = answerKey(recordId, label);
    const first = seen.get(key);
    seen.set(key, first ?? index);
    const path = `items.${index}`;
    if (first !== undefined)
      return {
        code: "invalid",
        path,
        message: `answers the same label of the same record as item ${first}; leave one out`,
      };
    const length = lengths.get(recordId);
    if (length === undefined)
      return { code: "not_found", path: `${path}.recordId`, message: "is no record within your reach" };
    const problem = answerProblem(item, { schema, path, length });
    return problem && { code: "invalid_value", ...problem };
  });
}

function present(
  { recordId, label }: GivenAnswer,
  refusal: Refusal | null | undefined,
  written?: Pick<Extract<WrittenAnswer, { state: "saved" | "overtaken" }>, "state" | "answer">,
): WrittenAnswer {
  if (refusal || !written)
    return {
      recordId,
      label,
      state: "refused",
      error: refusal ?? { code: "invalid", path: "items", message: "was not written" },
    };
  return { recordId, label, ...written };
}

/** Whether what stands is this very answer. */
function says(stands: OwnAnswer, item: GivenAnswer): boolean {
  return (
    stands.status === (item.status ?? null) &&
    stands.reason === (item.reason || null) &&
    JSON.stringify(stands.value) === JSON.stringify(normalizeValue(item.value)) &&
    JSON.stringify(spansOf(stands.spans)) === JSON.stringify(spansOf(item.spans))
  );
}

const spansOf = (spans: GivenAnswer["spans"]) =>
  spans
    .map(({ start, end, value }) => [start, end, normalizeValue(value)] as const)
    .sort((one, other) => one[0] - other[0] || one[1] - other[1]);

/** The answer as labels of one person; what stays where it is keeps its metadata. */
function labelsOf(item: GivenAnswer, level: PersonLabel["level"], stands: OwnAnswer): PersonLabel[] {
  const { recordId, label, value, spans, status, reason } = item;
  const named = { recordId, label, level };
  if (status) return [{ ...named, value: [], response: { status, reason: reason || null } }];
  if (spans.length === 0) return [{ ...named, value }];
  return spans.map(({ start, end, value: options }) => {
    const metadata = stands.metadata.get(placeKey(start, end));
    const kept = typeof metadata === "object" && metadata && !Array.isArray(metadata) ? metadata : {};
    return { ...named, start, end, value: options, metadata: kept };
  });
}
