import { printQuery } from "@/components/query/query-text";
import type { Query } from "@/contracts/query";

/** Where an assignment, or what a query finds, is labelled; null is every record. */
export function annotateHref(
  project: string,
  of: { assignmentId: string } | { query: Query | null },
): string {
  const page = `/p/${project}/annotate`;
  if ("assignmentId" in of) return `${page}/${of.assignmentId}`;
  const { query } = of;
  if (query === null) return page;
  const which = "subset" in query ? ["subset", query.subset] : ["query", printQuery(query)];
  return `${page}?${new URLSearchParams([which])}`;
}
