import { describe, expect, it } from "vitest";
import { item, jsonLines, ofFile, problem, shorts } from "./testing/read-samples";

describe("doccano", () => {
  ofFile("peer-formats/doccano-intent-and-slots.jsonl", "intent and slots, of its import tests", (text) => {
    const lines = jsonLines(text);
    expect(lines.slice(0, 4).map((line) => shorts(item("doccano", line)))).toEqual([
      ["-|-|LOC|e", "-|-|positive"],
      ["-|-|positive"],
      ["-|-|LOC|e"],
      [],
    ]);
    expect(problem("doccano", lines[4])).toMatch(/no text/);
  });

  ofFile(
    "peer-formats/doccano-relations.jsonl",
    "entities with relations, which are kept and told",
    (text) => {
      const read = item("doccano", jsonLines(text)[0]);
      expect(shorts(read)).toEqual([
        "-|-|ORG|Google",
        "-|-|DATE|September 4, 1998",
        "-|-|PERSON|Larry Page",
        "-|-|PERSON|Sergey Brin",
      ]);
      expect(read.metadata.relations).toHaveLength(3);
      expect(read.left).toEqual(["relations (kept as metadata)"]);
    },
  );

  // As backend/data_export of github.com/doccano/doccano writes: `id`, `text`, metadata, `label`, `Comments`.
  it("reads its exports of each task", () => {
    const read = item("doccano", {
      id: 4,
      text: "a 🙂 b",
      source: "x",
      label: [[2, 3, "E"]],
      Comments: ["hm"],
    });
    expect(read).toMatchObject({
      externalId: "4",
      metadata: { source: "x", comments: ["hm"] },
      left: ["comments (kept as metadata)"],
    });
    expect(shorts(read)).toEqual(["-|-|E|🙂"]);
    expect(shorts(item("doccano", { data: "t", label: ["b", "a"] }))).toEqual(["-|-|b+a"]);
    expect(problem("doccano", { text: "t", label: [[0, "x"]] })).toMatch(/no label of doccano/);
  });
});
