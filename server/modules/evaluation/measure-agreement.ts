import { setImmediate as nextTurn } from "node:timers/promises";
import type { z } from "zod";
import type { Agreement, agreementInput } from "@/contracts/agreement";
import type { LabelDefinition } from "@/contracts/label-schema";
import { type ProjectActor, requireScope } from "@/server/modules/access";
import { requireRecordLabel } from "@/server/modules/projects";
import { recordFilter } from "@/server/modules/search";
import { loadSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { type FieldError, refuseFields } from "@/server/platform/errors";
import { annotatorProblems } from "./annotator-problems";
import { countAgreement, pairKey } from "./count-agreement";
import { readAnnotatorNames } from "./labeller-repository";
import { measureCells, measureOf, measurePatterns, rankOf } from "./statistics/agreement/measure";
import { scoreEachOption, scorePair, scoreTogether } from "./statistics/agreement/score-agreement";
import { resamplesFor } from "./statistics/bootstrap";

type MeasureAgreementInput = Omit<z.infer<typeof agreementInput>, "project">;

/**
 * How far annotators agree with each other beyond chance, all together, option by option and two by two, over the records
 * of a subset as far as the actor may see them. What was given unseen and what was given after an answer was shown are
 * never in one figure.
 * @throws AppError `invalid` with the path of a label, annotator, metric or weights that can't be, or when what they give
 * is too varied
 */
export async function measureAgreement(
  db: Db,
  actor: ProjectActor,
  { label, annotators: named, subsetId, basis, metric, weights }: MeasureAgreementInput,
): Promise<Agreement> {
  requireScope(actor, "compare:read");
  const { definition } = await requireRecordLabel(db, actor, label);
  const filter = await recordFilter(db, actor, subsetId === undefined ? null : { subset: subsetId });
  const known = await readAnnotatorNames(db, actor.projectId, named ?? []);
  refuseFields("Agreement can't be measured", [
    ...annotatorProblems(named ?? [], known),
    ...orderProblems(definition, { metric, weights }),
  ]);

  const asOf = new Date().toISOString();
  const sight = await loadSight(db, actor);
  const counts = await countAgreement(db, { sight, label, basis, annotators: named, filter });
  const { annotators, categories, patterns } = counts;
  const ids = annotators.map(({ id }) => id);
  const names = named ? known : await readAnnotatorNames(db, actor.projectId, ids);

  const options = definition.options.map(({ value }) => value);
  const outside = categories.map((category) => category.some((option) => !options.includes(option)));
  const together = scoreTogether({
    patterns,
    measured: measurePatterns(patterns, measureOf(metric, categories, options)),
    metric,
    // What is chosen from a multi-select label is a set: which sets there are to choose from, nobody says.
    categories: definition.multi ? 0 : options.length + outside.filter(Boolean).length,
  });
  await nextTurn();
  const perOption = scoreEachOption(patterns, categories, options);
  return {
    asOf,
    label,
    basis,
    metric,
    weights,
    outside: patterns.reduce(
      (sum, { values, count }) => sum + count * values.filter((value) => outside[value]).length,
      0,
    ),
    ...together,
    perOption,
    annotators: annotators.map(({ id, kind, n }) => ({ id, name: names.get(id) ?? "", kind, n })),
    annotatorsLeftOut: named ? 0 : counts.leftOut,
    pairs: await scorePairs(ids, counts.pairs, { rank: rankOf(weights, categories, options), weights }),
  };
}

type PairScoring = { rank: ReturnType<typeof rankOf>; weights: Agreement["weights"] };

/** One pair a turn of the event loop: resampling them all at once would keep others waiting. */
async function scorePairs(
  ids: readonly string[],
  cells: Awaited<ReturnType<typeof countAgreement>>["pairs"],
  { rank, weights }: PairScoring,
): Promise<Agreement["pairs"]> {
  const resamples = resamplesFor([...cells.values()].reduce((sum, each) => sum + each.length, 0));
  const pairs: Agreement["pairs"] = [];
  for (const [at, a] of ids.entries())
    for (const [offset, b] of ids.slice(at + 1).entries()) {
      await nextTurn();
      const found = cells.get(pairKey(at, at + 1 + offset)) ?? [];
      pairs.push({ a, b, ...scorePair(measureCells(found, rank), weights, resamples) });
    }
  return pairs;
}

/** What of the metric and the weights a label's options don't have: an order, or numbers. */
function orderProblems(
  { name, multi = false, options }: LabelDefinition,
  { metric, weights }: Pick<MeasureAgreementInput, "metric" | "weights">,
): FieldError[] {
  const problems: FieldError[] = [];
  if (multi && metric !== "nominal")
    problems.push({
      path: "metric",
      message: `must be nominal: several options of "${name}" may hold at once`,
    });
  if (multi && weights !== "none")
    problems.push({
      path: "weights",
      message: `must be none: several options of "${name}" may hold at once`,
    });
  if (multi || metric === "nominal" || metric === "ordinal") return problems;
  const numbers = options.map(({ value }) => (value.trim() === "" ? Number.NaN : Number(value)));
  if (!numbers.every(Number.isFinite))
    problems.push({
      path: "metric",
      message: `must be nominal or ordinal: the options of "${name}" are no numbers`,
    });
  else if (metric === "ratio" && numbers.some((value) => value < 0))
    problems.push({ path: "metric", message: "must not be ratio: an option is below 0" });
  return problems;
}
