import type { ColumnPinningState, ColumnSizingState, Updater, VisibilityState } from "@tanstack/react-table";
import type { ColumnView } from "@/contracts/views";

type Columns = {
  visibility: VisibilityState;
  order: string[];
  sizing: ColumnSizingState;
  pinning: ColumnPinningState;
};

/** Which columns show, in which order, how wide and which are frozen; with the setters TanStack Table expects. */
export type ColumnState = Columns & {
  set: <Key extends keyof Columns>(key: Key, updater: Updater<Columns[Key]>) => void;
};

/**
 * A view as a table takes it.
 * @param hiddenFirst ids of columns that are hidden until somebody asks for them
 */
export const columnsOf = (
  { order, hidden, shown, frozen, widths }: ColumnView,
  hiddenFirst: readonly string[] = [],
): Columns => ({
  visibility: Object.fromEntries([
    ...hiddenFirst.map((id) => [id, false] as const),
    ...shown.map((id) => [id, true] as const),
    ...hidden.map((id) => [id, false] as const),
  ]),
  order,
  sizing: widths,
  pinning: { left: frozen },
});

/** A view with one part changed, as the table's setters say it. */
export function changedView<Key extends keyof Columns>(
  view: ColumnView,
  key: Key,
  updater: Updater<Columns[Key]>,
): ColumnView {
  const columns = columnsOf(view);
  return viewOf({ ...columns, [key]: typeof updater === "function" ? updater(columns[key]) : updater });
}

const viewOf = ({ visibility, order, sizing, pinning }: Columns): ColumnView => ({
  order,
  hidden: Object.keys(visibility).filter((id) => visibility[id] === false),
  shown: Object.keys(visibility).filter((id) => visibility[id] === true),
  frozen: pinning.left ?? [],
  widths: Object.fromEntries(Object.entries(sizing).map(([id, width]) => [id, Math.round(width)])),
});

/** The order of columns with one moved before another, or to the end. */
export function movedBefore(order: readonly string[], id: string, target: string | null): string[] {
  const others = order.filter((one) => one !== id);
  const at = target === null ? -1 : others.indexOf(target);
  return at < 0 ? [...others, id] : [...others.slice(0, at), id, ...others.slice(at)];
}
