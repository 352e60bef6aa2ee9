import { type Query, type SortKey, sortKey } from "@/contracts/query";
import type { QueryTextProblem } from "@/contracts/query-text";
import type { ColumnView } from "@/contracts/views";
import { parseQueryText, printQuery } from "./query-text";
import { printView, readView } from "./view-text";

/** What the address of the records screen says. */
export type RecordsAddress = {
  query: Query | null;
  /** The query as it was written. */
  text: string;
  /** Why the text in the address asks nothing that can be answered. */
  problems: QueryTextProblem[];
  sort: SortKey[];
  /** The record whose drawer is open. */
  recordId: string | null;
  /** How whoever made the address had the columns; null when it doesn't say. */
  view: ColumnView | null;
};

/**
 * Reads `?q=…&sort=…&record=…&view=…`. What can't be a sort or a view is left out: the records come in the order
 * of import, the columns as the reader has them.
 */
export function readRecordsAddress(params: URLSearchParams): RecordsAddress {
  const text = params.get("q") ?? "";
  const { query, problems } = parseQueryText(text);
  return {
    query,
    text,
    problems,
    sort: parseSort(params.get("sort") ?? ""),
    recordId: params.get("record"),
    view: params.has("view") ? readView(params.get("view") ?? "") : null,
  };
}

/** The part after `?`, empty when there is nothing to say. */
export function printRecordsAddress({
  query,
  sort,
  recordId,
  view,
}: Partial<Omit<RecordsAddress, "problems" | "text">>): string {
  const params = new URLSearchParams();
  if (query) params.set("q", printQuery(query));
  if (sort && sort.length > 0) params.set("sort", printSort(sort));
  if (recordId) params.set("record", recordId);
  if (view) params.set("view", printView(view));
  return params.toString();
}

/** The address of the records that a query finds, to be linked from any screen. */
export function recordsHref(
  project: string,
  address: Partial<Omit<RecordsAddress, "problems" | "text">>,
): string {
  const search = printRecordsAddress(address);
  return `/p/${project}/records${search === "" ? "" : `?${search}`}`;
}

/** Each key as `[-]by`, or as an object when it names a label or an annotator. */
function printSort(keys: readonly SortKey[]): string {
  return JSON.stringify(
    keys.map(({ by, label, annotator, order }) =>
      label === undefined && annotator === undefined
        ? `${order === "desc" ? "-" : ""}${by}`
        : {
            by,
            ...(label === undefined ? {} : { label }),
            ...(annotator === undefined ? {} : { annotator }),
            order,
          },
    ),
  );
}

function parseSort(text: string): SortKey[] {
  const json = readJson(text);
  if (!Array.isArray(json)) return [];
  return json.slice(0, 8).flatMap((item) => {
    const key =
      typeof item === "string"
        ? { by: item.replace(/^-/, ""), order: item.startsWith("-") ? "desc" : "asc" }
        : item;
    const parsed = sortKey.safeParse(key);
    return parsed.success ? [parsed.data] : [];
  });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
