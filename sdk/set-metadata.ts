import type { z } from "zod";
import type { JsonValue } from "../contracts/common";
import type { putMetadataOutput, RecordRow } from "../contracts/records";
import type { Client } from "./http/client";
import type { CallOptions } from "./http/http";
import type { Subset } from "./subset";

type Written = z.infer<typeof putMetadataOutput>;
/** Records that were looked at, and what became of their values. */
export type SetMetadata = Written & { records: number };

/** A metadata value from a record's text; null takes it away, undefined leaves the record alone. */
export type MetadataOf = (
  content: string,
  record: RecordRow,
) => JsonValue | undefined | Promise<JsonValue | undefined>;

/**
 * Works a metadata value out for each record, and writes it in batches.
 * @param batchSize records read and written at once, 1 to 1,000
 */
export async function setMetadata(
  client: Client,
  records: Subset,
  { name, compute, batchSize }: { name: string; compute: MetadataOf; batchSize: number },
  options: CallOptions,
): Promise<SetMetadata> {
  const sum = { records: 0, updated: 0, unchanged: 0 };
  for await (const { items } of records
    .value({ include: ["metadata"], pageSize: batchSize, ...options })
    .pages()) {
    sum.records += items.length;
    const values = [];
    for (const record of items) {
      const value = await compute(record.content, record);
      if (value !== undefined) values.push({ recordId: record.id, value });
    }
    if (values.length === 0) continue;
    const written = await client.put<Written>("/records/metadata", { name, values }, options);
    sum.updated += written.updated;
    sum.unchanged += written.unchanged;
  }
  return sum;
}
