import type { Project } from "@/contracts/projects";
import type { Query } from "@/contracts/query";
import { optionsOfKey } from "@/contracts/value-key";
import type { GoldChoice } from "./compare-address";

export type CellContext = {
  label: string;
  gold: GoldChoice;
  metadata: Project["metadata"];
  subsetId: string | null;
};

/** The records of one cell of a confusion matrix; `exact: false` when gold can't be asked for and they are more. */
export function cellQuery(
  { label, gold, metadata, subsetId }: CellContext,
  cell: { annotatorId: string; gold: string; given: string },
): { query: Query; exact: boolean } {
  const given: Query = {
    label: { name: label, op: "==", value: optionsOfKey(cell.given), annotators: [cell.annotatorId] },
  };
  const right = goldQuery({ label, gold, metadata }, cell.gold);
  const parts = [...(subsetId ? [{ subset: subsetId }] : []), ...(right ? [right] : []), given];
  return { query: parts.length > 1 ? { and: parts } : given, exact: right !== null };
}

function goldQuery({ label, gold, metadata }: Omit<CellContext, "subsetId">, key: string): Query | null {
  const options = optionsOfKey(key);
  if (gold.kind === "annotator")
    return { label: { name: label, op: "==", value: options, annotators: [gold.id] } };
  const [option] = options;
  if (gold.kind !== "metadata" || options.length !== 1 || option === undefined) return null;
  const type = metadata.find(({ name }) => name === gold.name)?.type;
  if (type === "json") return null;
  const value = type === "number" ? Number(option) : type === "boolean" ? option === "true" : option;
  return { metadata: { name: gold.name, op: "==", value } };
}

/** The records to which two annotators gave different values: the same words whichever of the two is named first. */
export function conflictQuery(label: string, annotators: readonly [string, string]): Query {
  return { label: { name: label, op: "conflicts", annotators: annotators.toSorted() } };
}
