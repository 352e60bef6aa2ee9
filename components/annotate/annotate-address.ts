import { z } from "zod";
import { workStates } from "@/contracts/annotating";

const address = z.object({
  /** Of the records on the list, by my answers. */
  state: z.enum([...workStates, "all"]).default("todo"),
  keyword: z.string().max(1000).optional(),
  view: z.enum(["table", "focus"]).default("focus"),
  /** The record that has the focus. */
  at: z.uuid().optional(),
});

export type AnnotateAddress = z.infer<typeof address>;
export type WorkFilter = Pick<AnnotateAddress, "state" | "keyword">;

/** What a link to a page of labelling says of filter, view and place. A part that makes no sense is left out. */
export function readAddress(params: URLSearchParams): AnnotateAddress {
  const given = Object.fromEntries(params);
  const read = address.safeParse(given);
  if (read.success) return read.data;
  const wrong = new Set(read.error.issues.map((issue) => String(issue.path[0])));
  return address.parse(Object.fromEntries(Object.entries(given).filter(([name]) => !wrong.has(name))));
}

/** The same in a query string without what is usual; what else stands there, such as which subset, stays. */
export function writeAddress(params: URLSearchParams, { state, view, keyword, at }: AnnotateAddress): string {
  const next = new URLSearchParams(params);
  const say = (name: string, value: string | undefined, usual?: string) => {
    if (value === undefined || value === usual) next.delete(name);
    else next.set(name, value);
  };
  say("state", state, "todo");
  say("view", view, "focus");
  say("keyword", keyword);
  say("at", at);
  return next.toString();
}
