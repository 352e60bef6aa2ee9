import type { JsonValue } from "@/contracts/common";
import type { ImportErrorCode } from "@/contracts/imports";
import { AppError } from "@/server/platform/errors";
import { checkRow } from "../check-row";
import type { FileRow } from "../label-import";
import { isLongerThan, MAX_COLUMNS, MAX_METADATA_NAME } from "../limits";
import { type Mapping, resolveMapping } from "../mapping";
import type { RowReader } from "../row-reader";
import { RowValues } from "../row-values";
import type { SourceRow } from "../source-row";
import { readLabelled } from "./cell-rows";

/** Reads rows whose values have names, as the objects of a JSON file do. */
export class ObjectRows {
  readonly mapping: Mapping | undefined;
  private readonly names = new Set<string>();

  /**
   * @param present the names known before the first row
   * @param wrongType the code of a row whose id or text is no text
   * @throws AppError `invalid_mapping`
   */
  constructor(
    present: readonly string[],
    private readonly reader: RowReader,
    private readonly wrongType: ImportErrorCode,
  ) {
    this.mapping = reader.readRow ? undefined : resolveMapping(present, reader.options);
    if (this.mapping) reader.onColumns?.(this.mapping.metadata);
  }

  /** @throws AppError `too_many_columns` */
  read(row: FileRow): SourceRow {
    return this.mapping ? this.mapped(row, this.mapping) : readLabelled(this.reader, row);
  }

  private mapped({ line, ordinal, values }: FileRow, mapping: Mapping): SourceRow {
    const externalId = mapping.id === null ? String(ordinal) : textOf(values.get(mapping.id));
    const content = textOf(values.get(mapping.content));
    for (const [name, text] of [
      [mapping.id, externalId],
      [mapping.content, content],
    ])
      if (text === undefined) return { line, code: this.wrongType, message: `"${name}" must be a text.` };
    const { metadata, vectors, unfit } = this.values(values, mapping);
    const overlong = [...metadata.keys()].find((name) => isLongerThan(name, MAX_METADATA_NAME));
    if (overlong !== undefined)
      return { line, code: "too_long", message: `A key is longer than ${MAX_METADATA_NAME} characters.` };
    const checked = checkRow({
      line,
      externalId: externalId ?? "",
      content: content ?? "",
      metadata,
      vectors,
    });
    if (unfit === undefined) return checked;
    const known = checked.externalId === undefined ? {} : { externalId: checked.externalId };
    return { line, ...known, code: "bad_type", message: unfit };
  }

  private values(values: ReadonlyMap<string, JsonValue>, mapping: Mapping): RowValues {
    const others = mapping.rest
      ? [...values.keys()].filter((name) => name !== mapping.id && name !== mapping.content)
      : [];
    const found = new RowValues();
    for (const name of new Set([...mapping.metadata, ...others])) {
      const given = values.get(name);
      if (given === undefined || given === null) continue;
      found.add(name, given, this.reader.options.types[name]);
      this.names.add(name);
    }
    if (this.names.size > MAX_COLUMNS)
      throw new AppError("too_many_columns", `The objects have more than ${MAX_COLUMNS} different keys.`);
    return found;
  }
}

/** A text, or the digits of a number; empty when there is none; undefined for what is neither. */
function textOf(value: JsonValue | undefined): string | undefined {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return value;
  return typeof value === "number" ? String(value) : undefined;
}
