import { expect, it } from "vitest";
import { exportInput } from "@/contracts/exports";
import { exportHref } from "./export-href";
import { choiceOf, type ExportDraft } from "./use-export-choice";

const draft: ExportDraft = {
  kind: "final",
  format: "csv",
  label: "tone & mood",
  annotator: "01a21036-8fbb-74eb-96c6-b6a662f45df3",
  snapshot: "01a21046-b05d-7499-bae4-0e7c6d049137",
  narrowed: true,
  guarded: true,
  bom: false,
};

const addressed = (part: Partial<ExportDraft>, query?: string) =>
  Object.fromEntries(
    new URL(exportHref("p", choiceOf({ ...draft, ...part }, query)), "http://h").searchParams,
  );

it("asks only for what belongs to the kind and the format", () => {
  const { label, annotator, snapshot } = draft;
  expect(addressed({})).toEqual({ kind: "final", format: "csv", label, snapshot });
  expect(addressed({ kind: "annotations" })).toEqual({
    kind: "annotations",
    format: "csv",
    label,
    annotator,
  });
  expect(addressed({ kind: "records", guarded: false, bom: true })).toEqual({
    kind: "records",
    format: "csv",
    formulas: "raw",
    bom: "1",
  });
  expect(addressed({ kind: "records", format: "parquet", guarded: false, bom: true })).toEqual({
    kind: "records",
    format: "parquet",
  });
});

it("narrows to the search unless that is switched off, and is what the server reads", () => {
  const query = JSON.stringify({ keyword: "späť & =1" });
  expect(addressed({ kind: "records", narrowed: false }, query)).not.toHaveProperty("query");
  const asked = exportInput.parse(addressed({ kind: "annotations", bom: true }, query));
  expect(asked).toMatchObject({ query, bom: true, formulas: "escape", label: "tone & mood" });
});
