import { z } from "zod";
import { id } from "./common";
import { queryJson } from "./query";

/** Which records something was made on. Both null: no subset and no query narrowed them. */
export const recordSource = z.object({
  /** As it is called now, also when it was deleted since. */
  subset: z.object({ id, name: z.string() }).nullable(),
  query: queryJson.nullable(),
});
export type RecordSource = z.infer<typeof recordSource>;
