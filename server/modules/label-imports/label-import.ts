import type pg from "pg";
import type { JsonValue } from "@/contracts/common";
import type { LabelImportOptions } from "@/contracts/label-imports";
import type { LabelDefinition } from "@/contracts/label-schema";
import { createImportedLabels } from "@/server/modules/annotations";
import { type ParsedItems, parsePeer } from "@/server/modules/peers";
import { findActiveSchema } from "@/server/modules/projects";
import type { FileRow, LabelImport, LabelledRow, LabelReader, LabelRun } from "@/server/modules/records";
import { sha256 } from "@/server/platform/crypto";
import type { Db } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import { matchRecords, refuseRows } from "./match-records";
import { writeReport } from "./report";
import { type Refusal, resolveLabels } from "./resolve-labels";
import { writeAsAnnotators } from "./write-annotators";
import { writeAsGold } from "./write-gold";

/** How the worker imports labels; `db` reads the schema that they are checked against. */
export function labelImport(db: Db): LabelImport {
  return {
    async open(client, run) {
      const { labels: options } = run.options;
      if (!options) throw new AppError("invalid", "An import of labels needs labels.format.");
      const schema = await findActiveSchema(db, run);
      if (!schema && options.as === "annotators")
        throw new AppError(
          "no_schema",
          "This project has no label schema yet; make one before labels are imported.",
        );
      await createImportedLabels(client);
      return new Reader(client, run, options, schema ?? { version: 0, labelSchema: [] });
    },
  };
}

/** Formats that have a row for each label. */
const ROW_IS_LABEL: ReadonlySet<string> = new Set(["tandem", "meganno"]);

type Schema = { version: number; labelSchema: readonly LabelDefinition[] };

class Reader implements LabelReader {
  /** What the file holds that has no counterpart, with the number of items. */
  private readonly left = new Map<string, number>();
  private goldLabel: string | undefined;

  constructor(
    private readonly client: pg.ClientBase,
    private readonly run: LabelRun,
    private readonly options: LabelImportOptions,
    private readonly schema: Schema,
  ) {}

  readRow(row: FileRow): LabelledRow | (Refusal & { line: number; externalId?: string }) {
    const { line } = row;
    const [item, ...more] = this.parse(row);
    if (!item || "problem" in item)
      return { line, code: "bad_item", message: item?.problem ?? "There is nothing in this item." };
    const known = item.externalId === undefined ? {} : { externalId: item.externalId };
    if (more.length > 0)
      return {
        line,
        ...known,
        code: "bad_item",
        message: "This document has several paragraphs; split it into one each.",
      };
    const resolved = resolveLabels(item, { schema: this.schema.labelSchema, options: this.options });
    if ("code" in resolved) return { line, ...known, ...resolved };
    const other = this.otherGold(resolved.labels.map(({ n }) => n));
    if (other) return { line, ...known, ...other };
    for (const what of resolved.left) this.left.set(what, (this.left.get(what) ?? 0) + 1);
    const byContent = this.options.match === "content" || item.externalId === undefined;
    return {
      line,
      externalId: item.externalId ?? `text-${sha256(item.content).slice(0, 24)}`,
      content: item.content,
      metadata: new Map(Object.entries(item.metadata)),
      labels: { byContent, labels: resolved.labels as JsonValue },
    };
  }

  private parse({ values }: FileRow): ParsedItems {
    const { id, content } = this.run.options;
    return parsePeer(this.options.format, Object.fromEntries(values), { id, content });
  }

  /** One metadata can't hold the gold of two labels. */
  private otherGold(names: readonly string[]): Refusal | undefined {
    if (this.options.as !== "gold" || this.options.gold === undefined) return undefined;
    this.goldLabel ??= names[0];
    const other = names.find((name) => name !== this.goldLabel);
    if (other === undefined) return undefined;
    const message = `gold= names one metadata, and the file has labels "${this.goldLabel}" and "${other}". Leave gold= out.`;
    return { code: "conflicting_labels", message };
  }

  async beforeRecords(refused: number): Promise<number> {
    await matchRecords(this.client, this.run);
    const { unknown, format } = this.options;
    return refuseRows(this.client, this.run, { refused, unknown, rowIsLabel: ROW_IS_LABEL.has(format) });
  }

  async afterRecords(): Promise<number> {
    const { client, run, options, schema } = this;
    const written =
      options.as === "gold"
        ? await writeAsGold(client, run, { gold: options.gold, schema: schema.labelSchema })
        : await writeAsAnnotators(client, run, schema.version);
    await writeReport(client, run, {
      ...written.report,
      left: [...this.left].map(([what, items]) => ({ what, items })),
    });
    return written.rows;
  }
}
