import { describe, expect, it } from "vitest";
import type { SessionItem } from "@/contracts/sessions";
import { choosing, currentVerdict } from "./current-verdict";

const ada = { id: "018f0000-0000-7000-8000-00000000000a", name: "Ada" };
const at = "2026-01-01T00:00:00.000Z";
const item = (over: Partial<SessionItem> = {}): SessionItem => ({
  annotationId: "018f0000-0000-7000-8000-000000000001",
  recordId: "018f0000-0000-7000-8000-000000000002",
  externalId: "r1",
  content: "fine",
  metadata: {},
  jobId: "018f0000-0000-7000-8000-000000000003",
  blind: false,
  verdicts: [],
  enough: false,
  value: ["b", "a"],
  conf: 0.9,
  confReason: null,
  probabilities: null,
  position: 0,
  inclusion: 1,
  room: "verification.x.0",
  level: "record",
  start: null,
  end: null,
  others: [],
  sameRecord: [],
  holder: null,
  verdict: null,
  ...over,
});

describe("the verdict that is shown", () => {
  it("is the row's until the live document knows better", () => {
    const row = { status: "CORRECTS" as const, value: ["c"], by: ada, at };
    expect(currentVerdict(item({ verdict: row }), null)).toMatchObject({ status: "CORRECTS", by: ada });
    const live = {
      status: "CONFIRMS" as const,
      value: ["a", "b"],
      start: null,
      end: null,
      reason: null,
      together: false,
      by: "me",
      at,
      unsaved: true,
    };
    expect(currentVerdict(item({ verdict: row }), live)).toMatchObject({ status: "CONFIRMS", unsaved: true });
  });

  it("is none when the live document was cleared, whatever the row still says", () => {
    const row = { status: "CORRECTS" as const, value: ["c"], by: ada, at };
    const cleared = {
      status: null,
      value: [],
      start: null,
      end: null,
      reason: null,
      together: false,
      by: "me",
      at,
      unsaved: false,
    };
    expect(currentVerdict(item({ verdict: row }), cleared)).toBeNull();
  });
});

describe("choosing a value", () => {
  it("confirms the agent's own, in any order, and corrects otherwise", () => {
    expect(choosing(item(), ["a", "b"]).status).toBe("CONFIRMS");
    expect(choosing(item(), ["a"]).status).toBe("CORRECTS");
    expect(choosing(item(), ["a", "c"]).status).toBe("CORRECTS");
  });
});
