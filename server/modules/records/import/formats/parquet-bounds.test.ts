import { parquetMetadata, parquetSchema } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { type ColumnSource, parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, it } from "vitest";
import { GroupBounds } from "./parquet-bounds";

type Said = { rows: number; saidRows?: number; saidColumns?: number };

/** Looks through the one row group of a file of one column, whose footer says what is given of it. */
function check({ rows, saidRows = rows, saidColumns = 1 }: Said) {
  const data = new Array<string>(rows).fill("a");
  checkColumn({ name: "text", data, type: "STRING" }, { saidRows, saidColumns });
}

function checkColumn(
  column: ColumnSource,
  { saidRows = column.data.length, saidColumns = 1 }: Omit<Said, "rows"> = {},
) {
  const bytes = parquetWriteBuffer({
    columnData: [column],
    ...{ rowGroupSize: column.data.length, pageSize: 2 ** 30 },
  });
  const metadata = parquetMetadata(bytes);
  const [group] = metadata.row_groups;
  if (!group) throw new Error("There is no row group.");
  const columns = Array.from({ length: saidColumns }, () => group.columns).flat();
  const said = { ...group, columns, num_rows: BigInt(saidRows) };
  const schema = parquetSchema(metadata);
  new GroupBounds(said, { schema, wanted: schema.children, compressors }).check(bytes, 0);
}

describe("the bounds of a row group", () => {
  it("let a common file pass", () => {
    expect(() => check({ rows: 1_000_000, saidColumns: 3 })).not.toThrow();
  });

  it("count the values of a page, and of all columns together", () => {
    expect(() => check({ rows: 2_000_001 })).toThrow(/a page of more than 2 million values in "text"/);
    expect(() => check({ rows: 1_000_000, saidColumns: 21 })).toThrow(/more than 20 million values/);
  });

  it("count what values of one page repeat of the values before them", () => {
    const data = new Array<string>(600).fill("a".repeat(100_000));
    for (const nullable of [true, false]) {
      const column = { name: "text", data, type: "STRING", encoding: "DELTA_BYTE_ARRAY", nullable } as const;
      expect(() => checkColumn(column, { saidColumns: 8 })).not.toThrow();
      expect(() => checkColumn(column, { saidColumns: 9 })).toThrow(/more than 512 MB, unpacked/);
    }
  });

  it("refuse rows that no value stands for", () => {
    expect(() => check({ rows: 10, saidRows: 11 })).toThrow(/"text" has fewer values than there are rows/);
  });
});
