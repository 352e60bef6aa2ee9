import type { Sort } from "@/components/ui/virtual-table";
import type { SortKey } from "@/contracts/query";

/** Keys that a search orders by at most. */
const MAX_KEYS = 8;

/** The table's sorts for an order, the first ruling; none is the order of import. */
export const tableSorts = (keys: readonly SortKey[]): Sort[] =>
  keys.map((key) => ({ id: columnOf(key), descending: key.order === "desc" }));

function columnOf({ by, annotator, label }: SortKey): string {
  if (by.startsWith("metadata.")) return `metadata:${by.slice("metadata.".length)}`;
  return by === "conf" ? `label:${annotator ?? ""}:${label ?? ""}` : by;
}

/** The order that the heads of columns ask for; a job's labels are ordered by their confidence. */
export const sortKeys = (sorts: readonly Sort[]): SortKey[] => sorts.map(keyOf);

function keyOf({ id, descending }: Sort): SortKey {
  const order = descending ? "desc" : "asc";
  if (id.startsWith("metadata:")) return { by: `metadata.${id.slice("metadata:".length)}`, order };
  const label = /^label:([^:]*):(.*)$/su.exec(id);
  if (label) return { by: "conf", annotator: label[1] ?? "", label: label[2] ?? "", order };
  return { by: id, order };
}

type Press = {
  /** What the head that was pressed asks for next. */
  sort: Sort;
  /** Shift was held: a key after those there are. */
  also: boolean;
  /** The first direction of that column: pressed with Shift until it would come again, the key goes. */
  firstDescending: boolean;
};

/** The sorts after a head was pressed. */
export function sortsAfter(sorts: readonly Sort[], { sort, also, firstDescending }: Press): Sort[] {
  if (!also) return [sort];
  const known = sorts.some(({ id }) => id === sort.id);
  if (!known) return [...sorts, sort].slice(0, MAX_KEYS);
  if (sorts.length > 1 && sort.descending === firstDescending)
    return sorts.filter(({ id }) => id !== sort.id);
  return sorts.map((one) => (one.id === sort.id ? sort : one));
}
