import type { CompareOp, Predicate } from "./query";

type Problem = { path: (string | number)[]; message: string };

/** What the shape alone does not say: which operators need a value, and which texts can't be stored at all. */
export function predicateProblem(predicate: Predicate): Problem | null {
  if ("metadata" in predicate) {
    const problem = valueProblem(predicate.metadata);
    if (problem) return { path: ["metadata", ...problem.path], message: problem.message };
  }
  if ("labelMetadata" in predicate) {
    const problem = valueProblem(predicate.labelMetadata);
    if (problem) return { path: ["labelMetadata", ...problem.path], message: problem.message };
  }
  if ("label" in predicate) {
    const { op, value, start, end } = predicate.label;
    if ((op === "==" || op === "!=") && value === undefined)
      return { path: ["label", "value"], message: `is missing; "${op}" compares with it` };
    if ((op === "conflicts" || op === "doubted") && (start !== undefined || end !== undefined))
      return {
        path: ["label", start === undefined ? "end" : "start"],
        message: `can't stand with "${op}"`,
      };
    if (start !== undefined && end !== undefined && end <= start)
      return { path: ["label", "end"], message: "must come after start" };
  }
  if ("fullText" in predicate && !/[\p{L}\p{N}]/u.test(predicate.fullText))
    return { path: ["fullText"], message: "holds no word to search for" };
  return unstorableText(predicate, []);
}

function valueProblem({ op, value }: { op: CompareOp; value?: unknown }): Problem | null {
  if (op === "exists")
    return value === undefined || typeof value === "boolean"
      ? null
      : { path: ["value"], message: 'must be true or false with "exists"' };
  if (value === undefined) return { path: ["value"], message: `is missing; "${op}" compares with it` };
  if (value === null) return { path: ["value"], message: 'can\'t be null; use "exists" with false' };
  return null;
}

/** PostgreSQL holds neither U+0000 nor half a surrogate pair. */
const unstorable = /[\0\p{Cs}]/u;

function unstorableText(value: unknown, path: (string | number)[]): Problem | null {
  if (typeof value === "string")
    return unstorable.test(value)
      ? { path, message: "holds a character that no text can hold (U+0000 or half a surrogate pair)" }
      : null;
  if (typeof value !== "object" || value === null) return null;
  for (const [key, inside] of Object.entries(value)) {
    const problem = unstorable.test(key) ? { path, message: "holds an impossible name" } : null;
    const found = problem ?? unstorableText(inside, [...path, key]);
    if (found) return found;
  }
  return null;
}
