import type { z } from "zod";
import type { Query } from "../contracts/query";

type WithQuery<T> = "query" extends keyof T ? Omit<T, "query"> & { query?: Query } : T;

/** What a call's body takes, without what stands in its address. */
export type Given<Schema extends z.ZodType, InAddress extends PropertyKey = "project"> = WithQuery<
  Omit<z.input<Schema>, "project" | InAddress>
>;

/** What narrows a list; `limit` is the size of a page. */
export type Filter<Schema extends z.ZodType, InAddress extends PropertyKey = "project"> = Partial<
  Omit<z.output<Schema>, "project" | "cursor" | InAddress>
>;

/** The same of a question that is about something: `Needed` must be said. */
export type Asked<Schema extends z.ZodType, Needed extends keyof z.output<Schema>> = Filter<Schema> &
  Pick<z.output<Schema>, Needed>;
