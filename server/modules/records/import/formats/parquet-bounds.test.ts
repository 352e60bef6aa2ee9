import { parquetMetadata, parquetSchema } from "hyparquet";
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, it } from "vitest";
import { GroupBounds } from "./parquet-bounds";

type Said = { rows: number; saidRows?: number; saidColumns?: number };

/** Looks through the one row group of a file of one column, whose footer says what is given of it. */
function check({ rows, saidRows = rows, saidColumns = 1 }: Said) {
  const data = new Array<string>(rows).fill("a");
  const bytes = parquetWriteBuffer({
    columnData: [{ name: "text", data, type: "STRING" }],
    ...{ rowGroupSize: rows, pageSize: 2 ** 30 },
  });
  const metadata = parquetMetadata(bytes);
  const [group] = metadata.row_groups;
  if (!group) throw new Error("There is no row group.");
  const columns = Array.from({ length: saidColumns }, () => group.columns).flat();
  const said = { ...group, columns, num_rows: BigInt(saidRows) };
  new GroupBounds(said, parquetSchema(metadata).children).check(bytes, 0);
}

describe("the bounds of a row group", () => {
  it("let a common file pass", () => {
    expect(() => check({ rows: 1_000_000, saidColumns: 3 })).not.toThrow();
  });

  it("count the values of a page, and of all columns together", () => {
    expect(() => check({ rows: 2_000_001 })).toThrow(/a page of more than 2 million values in "text"/);
    expect(() => check({ rows: 1_000_000, saidColumns: 21 })).toThrow(/more than 20 million values/);
  });

  it("refuse rows that no value stands for", () => {
    expect(() => check({ rows: 10, saidRows: 11 })).toThrow(/"text" has fewer values than there are rows/);
  });
});
