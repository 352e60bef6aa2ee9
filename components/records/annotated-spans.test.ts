import { expect, it } from "vitest";
import type { Annotation } from "@/contracts/records";
import type { Verification } from "@/contracts/verifications";
import { annotatedSpans } from "./annotated-spans";

const annotation: Annotation = {
  id: "span",
  recordId: "record",
  annotator: { id: "job", kind: "job", name: "extractor" },
  label: "entity",
  level: "span",
  value: ["org"],
  start: 2,
  end: 6,
  conf: 0.9,
  confMethod: null,
  confReason: null,
  probabilities: null,
  metadata: {},
  schemaVersion: 1,
  createdAt: "2026-01-01T00:00:00.000Z",
  updatedAt: "2026-01-01T00:00:00.000Z",
};

const verdict = (own: Partial<Verification>): Verification => ({
  id: "verdict",
  recordId: "record",
  jobId: "job",
  annotationId: "span",
  label: "entity",
  value: ["org"],
  start: null,
  end: null,
  status: "CONFIRMS",
  verifier: { id: "ann", name: "Ann" },
  current: true,
  sessionId: null,
  blind: false,
  reason: null,
  ms: null,
  together: false,
  createdAt: "2026-01-02T00:00:00.000Z",
  ...own,
});

it("shows a span as the agent gave it, and labels of whole records not at all", () => {
  const { start: _start, end: _end, ...whole } = annotation;
  expect(annotatedSpans({ annotations: [annotation, { ...whole, id: "whole" }] })).toEqual([
    {
      id: "span",
      label: "entity",
      value: ["org"],
      start: 2,
      end: 6,
      by: { kind: "job", name: "extractor" },
      conf: 0.9,
      verdict: null,
    },
  ]);
});

it("shows it as the last verdict that counts has left it, and what that replaced", () => {
  const corrected = verdict({ status: "CORRECTS", value: ["org"], start: 1, end: 6 });
  const [span] = annotatedSpans({
    annotations: [annotation],
    verifications: [
      verdict({ createdAt: "2026-01-01T12:00:00.000Z" }),
      corrected,
      verdict({ createdAt: "2026-01-03T00:00:00.000Z", current: false, status: "UNSURE" }),
    ],
  });
  expect(span).toMatchObject({
    start: 1,
    end: 6,
    verdict: { status: "CORRECTS", by: "Ann", replaced: { value: ["org"], start: 2, end: 6 } },
  });
});

it("shows one that a person said is none without options, and keeps what it was", () => {
  const [span] = annotatedSpans({
    annotations: [annotation],
    verifications: [verdict({ status: "CORRECTS", value: [] })],
  });
  expect(span).toMatchObject({ value: [], start: 2, end: 6, verdict: { replaced: { value: ["org"] } } });
});
