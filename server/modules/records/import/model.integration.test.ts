import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ImportOptions } from "@/contracts/imports";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createTestProject } from "@/server/testing/projects";
import { importBytes } from "./testing/import-bytes";

/**
 * Imports of random files are compared with what one row after the other would do to a list in memory. The files
 * are written by another library, and nothing of the product is used to say what must come out.
 */
type Row = { id: string; content: string; note: string };
type Kept = { content: string; note: string };
type Outcome = { imported: number; updated: number; skipped: number; refused: string[] };

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

function applyRows(
  kept: Map<string, Kept>,
  rows: readonly Row[],
  onExisting: ImportOptions["onExisting"],
): Outcome {
  const outcome: Outcome = { imported: 0, updated: 0, skipped: 0, refused: [] };
  const seen = new Set<string>();
  for (const { id: given, content, note } of rows) {
    const id = given.trim();
    if (id === "") outcome.refused.push("empty_id");
    else if (content.trim() === "") outcome.refused.push("empty_content");
    else if (`${id}${content}${note}`.includes("\0")) outcome.refused.push("bad_character");
    else {
      const before = kept.get(id);
      const earlier = seen.has(id);
      seen.add(id);
      if (!before) {
        kept.set(id, { content, note });
        outcome.imported += 1;
      } else if (onExisting === "fail") outcome.refused.push(earlier ? "duplicate_id" : "id_exists");
      else {
        const after = { content, note: note || before.note };
        const same = after.content === before.content && after.note === before.note;
        if (onExisting === "skip" || same) outcome.skipped += 1;
        else {
          outcome.updated += 1;
          kept.set(id, after);
        }
      }
    }
  }
  return outcome;
}

const text = fc.string({
  unit: fc.constantFrom("a", "b", " ", ",", '"', "\n", "\r\n", "é", "🙂", "=", "'", "\0"),
  maxLength: 6,
});
const row = fc.record({
  id: fc.constantFrom("1", "2", "3", "4", " 5 ", "6", "", " "),
  content: text,
  note: fc.oneof(
    fc.constantFrom("", "x", "y"),
    text.map((value) => value && `t${value}`),
  ),
});
const file = fc.record({
  rows: fc.array(row, { maxLength: 14 }),
  onExisting: fc.constantFrom("skip", "update", "fail"),
  bom: fc.boolean(),
  quoted: fc.boolean(),
  lineEnd: fc.constantFrom("\n", "\r\n"),
  pieces: fc.integer({ min: 1, max: 60 }),
});

describe("imports of random files, one after the other", () => {
  it("do what one row after the other would do, and account for every row", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 3 }), async (files) => {
        const { administrator: member } = await createTestProject(test.db);
        const kept = new Map<string, Kept>();
        for (const { rows, onExisting, bom, quoted, lineEnd, pieces } of files) {
          const csv = stringify(rows, {
            header: true,
            columns: ["id", "content", "note"],
            record_delimiter: lineEnd,
            quoted,
            quoted_empty: true,
            // This writer leaves a line end alone that is not the file's own.
            quoted_match: /[\r\n]/,
            bom,
          });
          const expected = applyRows(kept, rows, onExisting);
          const run = await importBytes(
            test,
            member,
            { bytes: Buffer.from(csv), pieces },
            { id: "id", metadata: ["note"], onExisting },
          );
          expect(run.status).toBe("succeeded");
          expect(run.errors.map(({ code }) => code).sort()).toEqual(expected.refused.sort());
          expect(run).toMatchObject({
            read: rows.length,
            imported: expected.imported,
            updated: expected.updated,
            skipped: expected.skipped,
            refused: expected.refused.length,
          });
        }
        const records = await test.db.record.findMany({ where: { projectId: member.projectId } });
        expect(
          new Map(records.map(({ externalId, content, metadata }) => [externalId, { content, metadata }])),
        ).toEqual(
          new Map(
            [...kept].map(([id, { content, note }]) => [id, { content, metadata: note ? { note } : {} }]),
          ),
        );
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});
