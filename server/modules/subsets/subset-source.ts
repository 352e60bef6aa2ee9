import type { z } from "zod";
import type { Query } from "@/contracts/query";
import type { createSubsetInput, previewSubsetInput } from "@/contracts/subsets";
import { parseQuery } from "@/server/modules/search";
import { AppError, type FieldError } from "@/server/platform/errors";
import { sampleConflicts } from "./sample/plan-sample";

export type CreateSubsetInput = Omit<z.infer<typeof createSubsetInput>, "project">;
/** What a subset holds, apart from its name; of a subset that would be frozen when `kind` isn't said. */
export type SubsetContent = Omit<z.infer<typeof previewSubsetInput>, "project"> &
  Partial<Pick<CreateSubsetInput, "kind">>;

/**
 * The one query that says which records a new subset holds; `null` is every record. Listed records, unions,
 * intersections and differences of subsets, and what is left out, are queries too.
 * @throws AppError `invalid_query`; `invalid` for parts that don't go together
 */
export function subsetSource(input: SubsetContent): Query | null {
  const problems = conflicts(input);
  if (problems.length > 0)
    throw new AppError("invalid", `${problems[0]?.path} ${problems[0]?.message}.`, { errors: problems });
  const { recordIds, from, exclude } = input;
  const query = parseQuery(input.query);
  const parts: Query[] = [
    ...(recordIds ? [{ ids: recordIds }] : []),
    ...(from ? [combination(from)] : []),
    ...(query ? [query] : []),
    ...(exclude ? [{ not: { or: exclude.map((subset) => ({ subset })) } }] : []),
  ];
  const [first = null, second] = parts;
  return second ? { and: parts } : first;
}

function combination({ op, subsets }: NonNullable<SubsetContent["from"]>): Query {
  const parts: Query[] = subsets.map((subset) => ({ subset }));
  const [first, ...others] = parts;
  if (op === "union") return { or: parts };
  if (op === "intersection" || !first) return { and: parts };
  return { and: [first, { not: { or: others } }] };
}

function conflicts({ kind, query, sort, limit, recordIds, from, sample }: SubsetContent): FieldError[] {
  const problems: FieldError[] = sampleConflicts(sample);
  const refuse = (path: string, message: string) => problems.push({ path, message });
  if (recordIds && (query || from))
    refuse("recordIds", "can't stand beside query or from; they are the records");
  if (sample && limit) refuse("sample", "can't stand beside limit; a sample has its own size");
  if (kind === "live") {
    if (recordIds) refuse("recordIds", "make a static subset; a live one is a query");
    if (sample) refuse("sample", "makes a static subset; a live one is a query");
    if (limit) refuse("limit", "makes a static subset; a live one is a query");
  }
  if (sort && !limit) refuse("sort", "says nothing without limit; a subset has no order");
  return problems;
}
