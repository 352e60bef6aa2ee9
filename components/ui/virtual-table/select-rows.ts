type Span = { from: number; to: number };

/** The selection with one row turned on or off. */
export function toggled(selected: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(selected);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** The selection with every row between two indices, both included, turned on. */
export function withSpan(
  selected: ReadonlySet<string>,
  ids: readonly string[],
  { from, to }: Span,
): ReadonlySet<string> {
  return new Set([...selected, ...ids.slice(Math.min(from, to), Math.max(from, to) + 1)]);
}

/** Whether all, some or none of the loaded rows are selected, as a checkbox shows it. */
export function checkedState(
  selected: ReadonlySet<string>,
  ids: readonly string[],
): boolean | "indeterminate" {
  const count = ids.reduce((sum, id) => sum + (selected.has(id) ? 1 : 0), 0);
  if (count === 0) return selected.size > 0 ? "indeterminate" : false;
  return count === ids.length ? true : "indeterminate";
}
