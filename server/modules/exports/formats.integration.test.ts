import { parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAggregation } from "@/server/modules/aggregation";
import { parsePeer } from "@/server/modules/peers";
import { importBytes } from "@/server/modules/records/import/testing/import-bytes";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { errorCode } from "@/server/testing/error-code";
import {
  addJob,
  addLabels,
  addRecords,
  addVerdict,
  createLabelledProject,
  type LabelledProject,
} from "@/server/testing/labelled-project";
import { createMember } from "@/server/testing/people";
import { type Asked, readExport } from "./testing/read-export";

let test: TestDatabase;
let world: LabelledProject;
let first: string;
beforeAll(async () => {
  test = await createTestDatabase();
  world = await createLabelledProject(test.db, {
    labels: [
      {
        name: "tone",
        level: "record",
        multi: true,
        options: [
          { value: "calm", text: "Calm" },
          { value: "warm", text: "Warm" },
        ],
      },
      {
        name: "sentiment",
        level: "record",
        options: [
          { value: "pos", text: "Positive" },
          { value: "neg", text: "Negative" },
        ],
      },
    ],
  });
  const records = Array.from({ length: 1200 }, (_, at) => ({
    externalId: `r${at}`,
    content: at === 3 ? "=1+1\u0001\u2028" : `Text 🙂 ${at}`,
    metadata: {
      ...(at % 2 ? { n: at / 3, flag: at % 4 === 1 } : {}),
      mixed: at % 3 ? at : { deep: [at, null] },
      ...(at === 7 ? { größe: "'" } : {}),
    },
  }));
  const ids = [...(await addRecords(world, records)).values()];
  first = await addJob(world, "First");
  const second = await addJob(world, "Second");
  await addLabels(
    world,
    first,
    ids.slice(0, 1100).map((id, at) => [id, [at % 2 ? "pos" : "neg"]]),
    { conf: 0.75 },
  );
  await addLabels(
    world,
    second,
    ids.slice(0, 900).map((id, at) => [id, [at % 5 ? "pos" : "neg"]]),
  );
  await addLabels(
    world,
    first,
    ids.slice(0, 10).map((id) => [id, ["warm", "calm"]]),
    { label: "tone" },
  );
  const verifier = await createMember(test.db, { project: world.project, role: "reviewer", name: "Bo" });
  await addVerdict(world, {
    jobId: first,
    recordId: ids[1] ?? "",
    verifier,
    status: "CORRECTS",
    value: ["neg"],
  });
  for (const label of ["tone", "sentiment"])
    await createAggregation(test.db, world.member, { label, policy: "verified-first" });
});
afterAll(() => test.drop());

const read = (asked: Asked) => readExport(test, world.member, asked);
const jsonLines = async (asked: Asked): Promise<Record<string, unknown>[]> =>
  (await read({ ...asked, format: "jsonl" }))
    .toString("utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));

/** A value of JSON as a column of Parquet gives it back. */
function asParquet(key: string, value: unknown): unknown {
  if (value === null) return null;
  if (key === "createdAt") return new Date(String(value));
  if (["value", "jobValue", "jobId", "agentId", "agentVersion"].includes(key) && !Array.isArray(value))
    return [value];
  return value;
}

describe("a file", () => {
  it.each(["records", "annotations", "final", "verifications"] as const)(
    "of %s in Parquet has the values of JSON Lines",
    async (kind) => {
      const lines = await jsonLines({ kind });
      const bytes = await read({ kind, format: "parquet" });
      const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
      const rows = await parquetReadObjects({ file: file as ArrayBuffer, compressors });
      const lists = kind === "final" || kind === "annotations" ? null : "jobId";
      expect(rows.length).toBe(lines.length);
      expect(rows.length).toBeGreaterThan(0);
      // An absent list is read as undefined.
      const given = rows.map((row) =>
        Object.fromEntries(Object.entries(row).map(([key, value]) => [key, value ?? null])),
      );
      expect(given).toEqual(
        lines.map((line) =>
          Object.fromEntries(
            Object.entries(line).map(([key, value]) => [key, key === lists ? value : asParquet(key, value)]),
          ),
        ),
      );
    },
  );

  it("of records in Parquet makes the same records when it is imported again", async () => {
    const copy = await createLabelledProject(test.db);
    const run = await importBytes(
      test,
      copy.member,
      { bytes: await read({ kind: "records", format: "parquet" }) },
      { format: "parquet", id: "id", content: "content", metadata: ["*"] },
    );
    expect(run).toMatchObject({ status: "succeeded", imported: 1200, refused: 0 });
    const again = await readExport(test, copy.member, { kind: "records", format: "jsonl" });
    expect(again.equals(await read({ kind: "records", format: "jsonl" }))).toBe(true);
  });

  it("without rows is whole all the same", async () => {
    const none = { kind: "records", query: JSON.stringify({ ids: [] }) } as const;
    const bytes = await read({ ...none, format: "parquet" });
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    expect(await parquetReadObjects({ file: file as ArrayBuffer })).toEqual([]);
    expect(JSON.parse((await read({ ...none, format: "labelstudio" })).toString())).toEqual([]);
  });

  it("of one annotator has nobody else's labels", async () => {
    const rows = await jsonLines({ kind: "annotations", annotator: first });
    expect(rows).toHaveLength(1110);
    expect(new Set(rows.map(({ annotatorId }) => annotatorId))).toEqual(new Set([first]));
  });

  it("for Label Studio holds each annotator apart, of labelled records alone", async () => {
    const tasks: unknown[] = JSON.parse(
      (await read({ kind: "annotations", format: "labelstudio", label: "sentiment" })).toString(),
    );
    expect(tasks).toHaveLength(1100);
    const [item] = parsePeer("labelstudio", JSON.parse(JSON.stringify(tasks[1])));
    expect(item).toMatchObject({
      content: "Text 🙂 1",
      labels: [
        { annotator: "First", machine: true, label: "sentiment", value: ["pos"], conf: 0.75 },
        { annotator: "Second", machine: true, label: "sentiment", value: ["pos"] },
      ],
    });
  });

  it("of final labels for doccano has the values that were settled, and none of ties", async () => {
    const text = (await read({ kind: "final", format: "doccano", label: "sentiment" })).toString();
    const lines = text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const settled = (await jsonLines({ kind: "final", label: "sentiment" })).filter(
      ({ value }) => value !== null,
    );
    expect(lines).toHaveLength(settled.length);
    const [item] = parsePeer("doccano", lines[1]);
    expect(item).toMatchObject({ content: "Text 🙂 1", labels: [{ value: ["neg"] }] });
  });

  it("can't be in a format that has no room for its labels", async () => {
    const refused = await errorCode(read({ kind: "annotations", format: "openai-evals" }));
    expect(refused).toBe("format_holds_less");
  });
});
