import { describe, expect, it } from "vitest";
import { importQuery } from "@/contracts/imports";
import { formatOfName, type LabelChoices, labelParams, readValues } from "./label-choices";

const choices: LabelChoices = {
  format: "doccano",
  as: "annotators",
  annotator: " Old team ",
  match: "content",
  unknown: "refuse",
  label: "sentiment",
  spanLabel: "",
  values: "positive = pos\n\na = b = neg",
};

describe("an import of labels", () => {
  it("is read by the server as it was meant", () => {
    const params = Object.fromEntries(labelParams(choices, "a,b.jsonl"));
    expect(importQuery.parse(params)).toMatchObject({
      kind: "labels",
      format: "doccano",
      fileName: "a,b.jsonl",
      as: "annotators",
      annotator: "Old team",
      match: "content",
      unknown: "refuse",
      label: "sentiment",
      values: { positive: "pos", "a = b": "neg" },
    });
  });

  it("says which line is no pair", () => {
    expect(readValues("a = b\nnonsense\nc =").wrongLine).toBe(2);
    expect(readValues("a=b").wrongLine).toBeNull();
  });

  it("knows a tool by the file's name", () => {
    expect(formatOfName("wnut17train.conll")).toBe("conll");
    expect(formatOfName("openaievals-airline.jsonl")).toBe("openai-evals");
    expect(formatOfName("export.json")).toBeUndefined();
  });
});
