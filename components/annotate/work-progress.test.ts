import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chosen, isAnswered, keyOf, nothing, unsure, type Words } from "./answers/said";
import { isOpen, type WorkLabel } from "./work-labels";
import { workProgress } from "./work-progress";

const label = (name: string, asked: boolean): WorkLabel => {
  return { name, asked, level: "record", multi: false, options: [] };
};
const labels = [label("mood", true), label("topic", true), label("extra", false)];
const records = ["r1", "r2", "r3"];

describe("workProgress", () => {
  it("tells what counting anew would, after any changes", () => {
    const words = fc.constantFrom(nothing, unsure(), chosen(["glad"]));
    const place = fc.tuple(fc.constantFrom(...records), fc.constantFrom(...labels.map(({ name }) => name)));
    const changes = fc.array(fc.tuple(place, words), { maxLength: 20 });
    fc.assert(
      fc.property(changes, changes, (earlier, later) => {
        const now = new Map<string, Words>();
        const answerOf = (recordId: string, name: string) => now.get(keyOf(recordId, name)) ?? null;
        const count = () => ({
          records: 9,
          done: records.filter((id) => !isOpen(id, labels, answerOf)).length,
          unsure: records.filter((id) =>
            labels.some(({ name, asked }) => asked && answerOf(id, name)?.status === "UNSURE"),
          ).length,
        });
        for (const [[id, name], said] of earlier) now.set(keyOf(id, name), said);
        const opened = count();
        const touched = new Map<string, Words | null>();
        for (const [[id, name], said] of later) {
          const key = keyOf(id, name);
          if (!touched.has(key)) touched.set(key, now.get(key) ?? null);
          now.set(key, said);
        }
        expect(workProgress(opened, labels, touched, answerOf)).toEqual(count());
      }),
      { seed: 20261125 },
    );
    expect(isAnswered(null)).toBe(false);
  });
});
