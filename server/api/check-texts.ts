import { isStorable } from "@/contracts/common";
import { AppError, type FieldError } from "@/server/platform/errors";

/** Deeper than anything that a caller may send; what walks through an input must come to an end of it. */
const MAX_DEPTH = 100;
const TOO_DEEP = `is nested deeper than ${MAX_DEPTH} levels`;
const MAX_TOLD = 20;
const MAX_PATH = 10;

type Place = { value: unknown; name: string; depth: number; inside: Place | null };

/**
 * What of a caller's input no database could hold or no program walk through: a text or a name with U+0000 or half of
 * a surrogate pair, and values inside values without end. Each schema may then take any text.
 */
export function textProblems(input: unknown): FieldError[] {
  const problems: FieldError[] = [];
  const tell = (place: Place, message: string) => problems.push({ path: pathOf(place), message });
  const waiting: Place[] = [{ value: input, name: "", depth: 0, inside: null }];
  for (let next = waiting.pop(); next && problems.length < MAX_TOLD; next = waiting.pop()) {
    const { value, depth } = next;
    if (typeof value === "string" && !isStorable(value)) tell(next, "must be valid Unicode without U+0000");
    if (typeof value !== "object" || value === null) continue;
    if (depth >= MAX_DEPTH) {
      tell(next, TOO_DEEP);
      continue;
    }
    for (const [name, one] of Object.entries(value)) {
      if (!isStorable(name)) tell(next, "holds a name that is not valid Unicode without U+0000");
      else if (typeof one === "string" || typeof one === "object")
        waiting.push({ value: one, name, depth: depth + 1, inside: next });
    }
  }
  return problems;
}

/**
 * Refuses an input for its {@link textProblems}, before any schema or database has to think of them.
 * @throws AppError `invalid`; `invalid_query` when only a query is too deep
 */
export function refuseUnstorable(input: unknown): void {
  const errors = textProblems(input);
  const [first] = errors;
  if (!first) return;
  const code = isDeepQuery(errors) ? "invalid_query" : "invalid";
  throw new AppError(code, `${first.path ? `${first.path}: ` : ""}${first.message}`, { errors });
}

/** Whether nothing is wrong but that a query is nested too deep, which queries have an error of their own for. */
const isDeepQuery = (problems: readonly FieldError[]): boolean =>
  problems.every(({ path, message }) => path.startsWith("query.") && message === TOO_DEEP);

/** As in `items.0.name`; of what lies very deep only the beginning. */
function pathOf(place: Place): string {
  const names: string[] = [];
  for (let at: Place | null = place; at?.inside; at = at.inside) names.unshift(at.name);
  return names.slice(0, MAX_PATH).join(".");
}
