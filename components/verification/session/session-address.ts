import { z } from "zod";
import { sessionItemFilter } from "@/contracts/sessions";
import type { TextQuery } from "@/contracts/text-query";

export const rowSorts = ["position", "confidence", "-confidence"] as const;

const address = sessionItemFilter.extend({
  sort: z.enum(rowSorts).default("position"),
  view: z.enum(["table", "focus"]).default("table"),
  /** The annotation that has the focus. */
  at: z.uuid().optional(),
});

export type SessionAddress = z.infer<typeof address>;
export type RowFilter = Omit<SessionAddress, "view" | "at">;

/** What a link to a session says of filter, order, view and place. A part that makes no sense is left out. */
export function readAddress(params: URLSearchParams): SessionAddress {
  const given = Object.fromEntries(params);
  const read = address.safeParse(given);
  if (read.success) return read.data;
  const wrong = new Set(read.error.issues.map((issue) => String(issue.path[0])));
  return address.parse(Object.fromEntries(Object.entries(given).filter(([name]) => !wrong.has(name))));
}

/** The same as a query string without what is usual; empty when all is. */
export function writeAddress({ sort, view, ...rest }: SessionAddress): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(rest)) if (value !== undefined) params.set(name, `${value}`);
  if (sort !== "position") params.set("sort", sort);
  if (view !== "table") params.set("view", view);
  params.sort();
  return params.toString();
}

/** The order after the head of the confidence was pressed; as the session stands, the least certain come first. */
export const sortAfter = (sort: SessionAddress["sort"]): SessionAddress["sort"] =>
  sort === "-confidence" ? "confidence" : "-confidence";

/** The part that decides which rows there are. */
export const rowFilterOf = ({ view: _view, at: _at, ...filter }: SessionAddress): RowFilter => filter;

/** What is looked for in the texts, if anything is. */
export function textQueryOf({ keyword, match = "exact" }: RowFilter): TextQuery | null {
  return keyword === undefined ? null : { text: keyword, way: match };
}

/** How many conditions narrow the list. */
export const conditionCount = ({ sort: _sort, match: _match, ...filter }: RowFilter): number =>
  Object.values(filter).filter((value) => value !== undefined).length;
