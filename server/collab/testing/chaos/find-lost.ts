import type { VerdictStatus } from "@/contracts/verifications";
import { tellsOutcome } from "@/server/modules/verification";
import { groupBy } from "./group-by";
import type { Told } from "./watch-browser";

/** A row of the history, as far as it matters here. */
export type HistoryRow = {
  annotationId: string;
  verifierId: string;
  status: VerdictStatus | null;
  value: readonly string[];
  current: boolean;
  overtaken: boolean;
  restoredById: string | null;
  decidedAt: Date | null;
  createdAt: Date;
};

/** Rows have their time to the millisecond, rounded. */
const ROUNDING_MS = 1;

/**
 * Decisions that somebody was told are saved, or own ones overtaken, and that the history does not hold. One that says what
 * its author's standing verdict says already makes no row, nor does taking back what does not stand; then that must
 * have stood at some moment between the decision and the word that it is saved.
 * @param rows of one session, oldest first
 * @param apart whether each person's verdicts stand by themselves, as in an independent session
 */
export function findLost(told: readonly Told[], rows: readonly HistoryRow[], apart = false): string[] {
  const histories = groupBy(rows, placeOf(apart));
  return told.flatMap((one) => {
    if (one.refused !== null && (one.refused !== "overtaken" || one.by !== one.userId)) return [];
    const history = histories.get(placeOf(apart)({ annotationId: one.key, verifierId: one.userId })) ?? [];
    const isKept =
      history.some((row) => isOf(row, one)) ||
      (one.refused === null && standing(history, one).some((row) => saysTheSame(row, one)));
    return isKept ? [] : [`${one.userId} at ${one.key}, decided ${one.at}`];
  });
}

/** What one verdict at a time stands for. */
const placeOf =
  (apart: boolean) =>
  ({ annotationId, verifierId }: Pick<HistoryRow, "annotationId" | "verifierId">): string =>
    apart ? `${annotationId} ${verifierId}` : annotationId;

const isOf = (row: HistoryRow, { by, at, restoredBy }: Told): boolean =>
  row.verifierId === by &&
  row.decidedAt?.getTime() === new Date(at).getTime() &&
  (restoredBy === null || row.restoredById === restoredBy);

const saysTheSame = (row: HistoryRow | undefined, { by, status, value }: Told): boolean =>
  status === null
    ? (row?.status ?? null) === null
    : row?.verifierId === by &&
      (row.status === status || (status === undefined && tellsOutcome(row.status))) &&
      row.value.toSorted().join() === value.toSorted().join();

/** What stood, one after the other, between a decision and the word of it. */
function standing(history: readonly HistoryRow[], { decidedAt, toldAt }: Told): (HistoryRow | undefined)[] {
  const counting = history.filter(({ overtaken }) => !overtaken);
  const isBefore = ({ createdAt }: HistoryRow) => createdAt.getTime() < decidedAt - ROUNDING_MS;
  const isAfter = ({ createdAt }: HistoryRow) => createdAt.getTime() > toldAt + ROUNDING_MS;
  return [counting.findLast(isBefore), ...counting.filter((row) => !isBefore(row) && !isAfter(row))];
}

/** Labels whose current row is not the last of their history that counts. */
export function findOutOfOrder(rows: readonly HistoryRow[], apart = false): string[] {
  return [...groupBy(rows, placeOf(apart))].flatMap(([key, history]) => {
    const counting = history.filter(({ overtaken }) => !overtaken);
    const standing = counting.filter(({ current }) => current);
    return counting.length === 0 || (standing.length === 1 && standing[0] === counting.at(-1)) ? [] : [key];
  });
}

/** Labels with more verdicts that stand than so many. */
export function findOverlapAbove(rows: readonly HistoryRow[], overlap: number): string[] {
  const standing = rows.filter(({ current, status }) => current && status !== null);
  return [...groupBy(standing, ({ annotationId }) => annotationId)].flatMap(([key, { length }]) =>
    length > overlap ? [key] : [],
  );
}
