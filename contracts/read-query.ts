import type { FieldProblem } from "./common";
import { predicateProblem } from "./predicate-problem";
import { type Predicate, type PredicateKind, predicates, type Query } from "./query";

const MAX_DEPTH = 20;
const MAX_NODES = 200;
const groupKinds = ["and", "or", "not"] as const;

type Parsing = { problems: FieldProblem[]; nodes: number };

/**
 * Reads a query tree from JSON and checks it whole: `query` is `null` for every record (nothing, or `{}`);
 * `problems` has the path of each wrong place, as in `query.and.0.metadata.op`, and is empty when it can be asked.
 * @param path where the tree stands in what was given
 */
export function readQuery(json: unknown, path = "query"): { query: Query | null; problems: FieldProblem[] } {
  if (json === undefined || json === null) return { query: null, problems: [] };
  if (isObject(json) && Object.keys(json).length === 0) return { query: null, problems: [] };
  const parsing: Parsing = { problems: [], nodes: 0 };
  const query = parseNode(json, path, 1, parsing);
  return { query: parsing.problems.length > 0 ? null : query, problems: parsing.problems };
}

function parseNode(json: unknown, path: string, depth: number, parsing: Parsing): Query | null {
  const refuse = (message: string, at = path) => {
    parsing.problems.push({ path: at, message });
    return null;
  };
  parsing.nodes += 1;
  if (parsing.nodes > MAX_NODES)
    return parsing.nodes === MAX_NODES + 1 ? refuse(`makes more than ${MAX_NODES} conditions`) : null;
  if (depth > MAX_DEPTH) return refuse(`is nested deeper than ${MAX_DEPTH} levels`);
  if (!isObject(json)) return refuse("must be an object");

  const keys = Object.keys(json);
  const [kind, second] = keys.filter(isKind);
  if (kind === undefined) return refuse(unknownText(keys[0]), keys[0] ? `${path}.${keys[0]}` : path);
  if (second !== undefined)
    return refuse(`holds both "${kind}" and "${second}"; put them into an "and" or an "or"`);
  if (isPredicateKind(kind)) return parsePredicate(kind, json, path, parsing);
  const unknown = keys.find((key) => key !== kind);
  if (unknown !== undefined) return refuse(unknownText(unknown), `${path}.${unknown}`);
  return parseGroup(kind, json[kind], `${path}.${kind}`, depth, parsing);
}

function parseGroup(
  kind: (typeof groupKinds)[number],
  inside: unknown,
  path: string,
  depth: number,
  parsing: Parsing,
): Query | null {
  if (kind === "not") {
    const negated = parseNode(inside, path, depth + 1, parsing);
    return negated && { not: negated };
  }
  if (!Array.isArray(inside) || inside.length === 0) {
    parsing.problems.push({ path, message: "must be a list of at least one condition" });
    return null;
  }
  const parts = inside.map((part, index) => parseNode(part, `${path}.${index}`, depth + 1, parsing));
  const known = parts.filter((part) => part !== null);
  return kind === "and" ? { and: known } : { or: known };
}

function parsePredicate(
  kind: PredicateKind,
  json: Record<string, unknown>,
  path: string,
  parsing: Parsing,
): Predicate | null {
  const parsed = predicates[kind].safeParse(json);
  if (parsed.success) {
    const problem = predicateProblem(parsed.data);
    if (!problem) return parsed.data;
    parsing.problems.push({ path: [path, ...problem.path].join("."), message: problem.message });
    return null;
  }
  for (const issue of parsed.error.issues) {
    const at = [path, ...issue.path].join(".");
    if (issue.code === "unrecognized_keys")
      for (const key of issue.keys)
        parsing.problems.push({ path: `${at}.${key}`, message: unknownText(key) });
    else if (issue.code === "too_small" && issue.minimum === 1)
      parsing.problems.push({ path: at, message: "is empty" });
    else parsing.problems.push({ path: at, message: `is wrong: ${issue.message}` });
  }
  return null;
}

const unknownText = (key: string | undefined) =>
  key === undefined ? "must not be empty here" : `is unknown ("${key}")`;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isKind = (key: string): key is PredicateKind | (typeof groupKinds)[number] =>
  isGroupKind(key) || isPredicateKind(key);
const isPredicateKind = (key: string): key is PredicateKind => Object.hasOwn(predicates, key);
const isGroupKind = (key: string): key is (typeof groupKinds)[number] =>
  groupKinds.some((kind) => kind === key);
