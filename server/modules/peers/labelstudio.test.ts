import { describe, expect, it } from "vitest";
import { item, ofFile, problem, shorts } from "./testing/read-samples";

describe("Label Studio", () => {
  ofFile("peer-formats/label-studio-export.json", "a file of its converter's tests", (text) => {
    const [task] = JSON.parse(text);
    const read = item("labelstudio", task);
    expect(read).toMatchObject({ externalId: "6141", metadata: {}, left: [] });
    expect(read.content).toMatch(/^Calif\. wildfires/);
    expect(shorts(read)).toEqual(["sergei@heartex.test|sentiment|Positive"]);
  });

  ofFile("peer-formats/label-studio-legacy-ner.json", "its oldest form, whose end is inclusive", (text) => {
    const read = item("labelstudio", JSON.parse(text));
    expect(shorts(read)).toEqual(["-|ner|Date|February 22"]);
    expect(read.labels[0]).toMatchObject({ start: 343, end: 354 });
  });

  const region = (value: object, more = {}) => ({
    from_name: "ner",
    to_name: "text",
    type: "labels",
    value,
    ...more,
  });
  const task = (result: unknown[], more = {}) => ({
    id: 7,
    data: { text: "💩This is an annotation.", source: "tsv" },
    annotations: [{ completed_by: 3, result }],
    ...more,
  });

  // Of the texts in github.com/HumanSignal/label-studio/issues/1347: UTF-16 units before 2021, code points since.
  it.each([
    ["UTF-16 units", 13, 23],
    ["code points", 12, 22],
    ["an inclusive end", 12, 21],
  ])("reads offsets in %s by the region's own text", (_what, start, end) => {
    const read = item("labelstudio", task([region({ start, end, text: "annotation", labels: ["A"] })]));
    expect(shorts(read)).toEqual(["user 3|ner|A|annotation"]);
    expect(read).toMatchObject({ externalId: "7", metadata: { source: "tsv" } });
  });

  it("refuses a region whose text doesn't stand there, or that lies outside", () => {
    expect(
      problem("labelstudio", task([region({ start: 0, end: 4, text: "annotation", labels: ["A"] })])),
    ).toMatch(/span of "ner" says that its text is "annotation"/);
    expect(problem("labelstudio", task([region({ start: 0, end: 99, labels: ["A"] })]))).toMatch(/outside/);
    expect(problem("labelstudio", { data: { image: 5 } })).toMatch(/image/);
  });

  // By labelstud.io/guide/task_format and /guide/predictions.
  it("reads predictions, taxonomies and several choices, and says what it leaves", () => {
    const read = item(
      "labelstudio",
      task(
        [
          { type: "choices", from_name: "topics", value: { choices: ["a", "b"] } },
          { type: "taxonomy", from_name: "kind", value: { taxonomy: [["Animal", "Cat"]] } },
          { type: "relation", from_id: "x", to_id: "y" },
          { type: "rectanglelabels", from_name: "box", value: { x: 1, rectanglelabels: ["c"] } },
          { type: "textarea", from_name: "note", value: { text: ["free"] } },
        ],
        {
          predictions: [
            { model_version: "m1", score: 0.7, result: [region({ start: 1, end: 5, labels: ["A"] })] },
          ],
        },
      ),
    );
    expect(shorts(read)).toEqual(["user 3|topics|a+b", "user 3|kind|Cat", "m1|ner|A|This|0.7"]);
    expect(read.labels[2]).toMatchObject({ machine: true });
    expect(read.left).toEqual([
      "levels of a taxonomy above the chosen one",
      "relations",
      "regions of type rectanglelabels",
      "regions of type textarea",
    ]);
  });
});
