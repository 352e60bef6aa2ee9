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
  /** The column whose head was pressed. */
  id: string;
  /** Shift was held: a key after those there are. */
  also: boolean;
  /** The first direction of that column: pressed with Shift until it would come again, the key goes. */
  firstDescending: boolean;
};

/** The sorts after a head was pressed. */
export function sortsAfter(sorts: readonly Sort[], { id, also, firstDescending }: Press): Sort[] {
  const known = sorts.find((one) => one.id === id);
  const next = { id, descending: known ? !known.descending : firstDescending };
  if (!also) return [next];
  if (!known) return [...sorts, next].slice(0, MAX_KEYS);
  if (sorts.length > 1 && next.descending === firstDescending) return sorts.filter((one) => one !== known);
  return sorts.map((one) => (one === known ? next : one));
}
