import type { LabelDefinition } from "@/contracts/label-schema";
import type { Range } from "./characters";
import type { OptionIndex } from "./option-names";
import { readOne, readSeveral, type ValueReading } from "./read-value";

export type IndexedLabel = { definition: LabelDefinition; index: OptionIndex };

/** What one field of the answer says of its label; `range` is the field's whole value. */
export type FieldReading = ValueReading & {
  label: string;
  via: "field" | "json";
  /** The field stands on its own, not in running text. */
  opensLine: boolean;
  range: Range;
};

/** Reads a field that stands on its own and whose whole value is `range`. */
export function readField(raw: string, range: Range, { definition, index }: IndexedLabel): FieldReading {
  const reading = definition.multi ? readSeveral(raw, range, index) : readOne(raw, range, index, "allowed");
  return { ...reading, label: definition.name, via: "field", opensLine: true, range };
}
