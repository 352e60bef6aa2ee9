import type { Reconciliation } from "@/contracts/reconciliations";
import { rawSql } from "@/server/platform/sql";

/** A row of `"Reconciliation" d` with `"Annotator" t`, as {@link DECISION} reads it. */
export type DecisionRow = Omit<Reconciliation, "start" | "end" | "createdAt"> & {
  start: number;
  end: number;
  createdAt: Date | string;
};

/** The columns of {@link DecisionRow}. */
export const DECISION = rawSql(`d."id", d."recordId", d."labelName" as "label", d."start", d."end",
  case when not d."cleared" then d."value" end as "value", d."note", d."current", d."overtaken", d."votesVersion",
  d."restoredFromId" as "restoredFrom", d."createdAt", json_build_object('id', t."id", 'name', t."name") as "by"`);

/** Who decided, for `"Reconciliation" d`. */
export const DECISION_AUTHOR = rawSql(
  `join "Annotator" t on t."projectId" = d."projectId" and t."id" = d."authorId"`,
);

/** As the API shows it: offsets only for spans. */
export function presentDecision({ start, end, createdAt, ...row }: DecisionRow): Reconciliation {
  return { ...row, ...placeOf({ start, end }), createdAt: new Date(createdAt).toISOString() };
}

/** `{}` for a label of the whole record. */
export const placeOf = ({ start, end }: { start: number; end: number }): { start?: number; end?: number } =>
  start < 0 ? {} : { start, end };

/** One text for each place, for maps. */
export const placeKey = (place: {
  recordId: string;
  start?: number | undefined;
  end?: number | undefined;
}): string => `${place.recordId} ${place.start ?? -1} ${place.end ?? -1}`;
