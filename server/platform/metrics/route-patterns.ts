import { processWide } from "../process-wide";

/** A part of an address, and what may follow it. */
type Node = { pattern?: string; fixed: Map<string, Node>; any?: Node; rest?: string };

/** What no pattern fits. */
const OTHER = "other";

const newNode = (): Node => ({ fixed: new Map() });
const root = (): Node => processWide("route-patterns", newNode);

/**
 * Makes addresses known, so that their requests are counted under them: `/projects/{project}/jobs/{id}`, where
 * `{...rest}` at the end is any number of parts.
 */
export function addRoutePatterns(patterns: readonly string[]): void {
  for (const pattern of patterns) {
    let node = root();
    for (const part of partsOf(pattern)) {
      if (part.startsWith("{...")) node.rest = pattern;
      else node = part.startsWith("{") ? anyIn(node) : fixedIn(node, part);
    }
    if (!pattern.includes("{...")) node.pattern = pattern;
  }
}

/** The pattern of an address without its query: never anything that stands in the address alone. */
export const routePatternOf = (path: string): string => find(root(), partsOf(path), 0) ?? OTHER;

function find(node: Node, parts: readonly string[], at: number): string | undefined {
  const part = parts[at];
  if (part === undefined) return node.pattern ?? node.rest;
  const fixed = node.fixed.get(part);
  return (fixed && find(fixed, parts, at + 1)) ?? (node.any && find(node.any, parts, at + 1)) ?? node.rest;
}

function anyIn(node: Node): Node {
  node.any ??= newNode();
  return node.any;
}

function fixedIn(node: Node, part: string): Node {
  const known = node.fixed.get(part) ?? newNode();
  node.fixed.set(part, known);
  return known;
}

const partsOf = (path: string): string[] => path.split("/").filter((part) => part !== "");
