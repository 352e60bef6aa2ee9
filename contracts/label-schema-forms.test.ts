import { expect, it } from "vitest";
import { parseLabelSchema } from "./label-schema-forms";

const labels = [{ name: "tone", level: "record", options: [{ value: "pos", text: "positive" }] }];

it.each([
  ["the list itself", labels],
  ["ours", { labelSchema: labels }],
  ["MEGAnno's", { label_schema: labels }],
  ["the JSON text of it", JSON.stringify({ label_schema: labels })],
])("a label schema is read from %s", (_, given) => {
  expect(parseLabelSchema(given)).toEqual({ ok: true, labels });
});

it("a text that is no JSON is told as that, not as a list that is missing", () => {
  expect(parseLabelSchema("{bad")).toEqual({
    ok: false,
    problems: [{ path: "labelSchema", message: "must be JSON" }],
  });
});
