import { appRouter } from "../root";
import type { ProcedureMeta, RestMeta } from "../trpc";

export type RestRoute = RestMeta & {
  /** Dotted path of the procedure behind it. */
  procedure: string;
  status: number;
  protected: boolean;
  /** A POST that only asks a long question changes nothing. */
  changes: boolean;
  segments: string[];
};

type AnyProcedure = { _def: { type: string; meta?: ProcedureMeta } };

/** Every procedure with REST meta, the most specific path first, so that `/records/search` wins over `/records/{id}`. */
export const restRoutes: readonly RestRoute[] = Object.entries(
  appRouter._def.procedures as unknown as Record<string, AnyProcedure>,
)
  .flatMap(([procedure, { _def }]) => {
    const { openapi, status = 200, scope } = _def.meta ?? {};
    if (!openapi) return [];
    const segments = openapi.path.slice(1).split("/");
    return [
      {
        ...openapi,
        procedure,
        status,
        protected: scope !== "public",
        changes: _def.type === "mutation",
        segments,
      },
    ];
  })
  .sort((a, b) => parameters(a) - parameters(b));

function parameters(route: RestRoute): number {
  return route.segments.filter((segment) => segment.startsWith("{")).length;
}

export type RouteMatch =
  | { kind: "route"; route: RestRoute; params: Record<string, string> }
  | { kind: "wrong-method"; allowed: string[] }
  | { kind: "unknown" };

/** Finds the route of a method and decoded path segments. */
export function matchRoute(method: string, path: readonly string[]): RouteMatch {
  const allowed: string[] = [];
  for (const route of restRoutes) {
    const params = matchSegments(route.segments, path);
    if (!params) continue;
    if (route.method === method) return { kind: "route", route, params };
    allowed.push(route.method);
  }
  return allowed.length > 0 ? { kind: "wrong-method", allowed } : { kind: "unknown" };
}

function matchSegments(template: readonly string[], path: readonly string[]): Record<string, string> | null {
  if (template.length !== path.length) return null;
  const params: Record<string, string> = {};
  for (const [index, segment] of template.entries()) {
    const given = path[index] ?? "";
    if (segment.startsWith("{")) params[segment.slice(1, -1)] = given;
    else if (segment !== given) return null;
  }
  return params;
}
