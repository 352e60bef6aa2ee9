import { describe, expect, it } from "vitest";
import type { Person } from "@/components/ui/avatar";
import type { SessionReport } from "@/contracts/session-report";
import { reportMarkdown } from "./report-markdown";

const id = "018f0000-0000-7000-8000-000000000001";
const share = { n: 4, count: 1, point: 0.25, low: 0.045587, high: 0.699358 };
const report: SessionReport = {
  asOf: "2026-01-02T00:00:00.000Z",
  session: {
    id,
    name: "Doubtful | first",
    label: "sentiment",
    mode: "shared",
    order: "confidence",
    schemaVersion: 2,
    sample: { size: 20, seed: 7 },
  },
  jobs: [{ id, name: "Agent *one*" }],
  startedAt: "2026-01-01T00:00:00.000Z",
  firstVerdictAt: null,
  lastVerdictAt: null,
  closedAt: null,
  counts: { total: 6, verified: 4, confirmed: 1, corrected: 3, unsure: 0, left: 2 },
  confirmed: { seen: share, blind: null },
  apart: { together: 54, contradicting: 0 },
  corrections: [{ from: ["pos"], to: [], count: 2, of: 4 }],
  overtaken: 1,
  people: [
    {
      id,
      name: "Ada",
      verdicts: 4,
      confirmed: 1,
      corrected: 3,
      unsure: 0,
      overtaken: 0,
      activeMs: 90_000,
      timed: 3,
      medianSeconds: 3.25,
      perHour: 120,
    },
  ],
  agreement: {
    seen: {
      all: share,
      pairs: [
        { a: { id, name: "Ada" }, b: { id, name: "Bo" }, share, kappa: null, kappaReason: "no_overlap" },
      ],
    },
    blind: null,
  },
};

const asNamed = (person: Person) => person;

describe("the report as Markdown", () => {
  const text = reportMarkdown(report, asNamed);
  const lines = text.split("\n");

  it("gives each share with its interval and n, and says what was not observed", () => {
    expect(lines).toContain("- Agent confirmed, label shown: 25.0 % (4.6–69.9), n = 4");
    expect(lines).toContain("- Agent confirmed, label hidden until the verdict: n/a, nothing was observed");
    expect(lines).toContain("- In neither: 54 decided together");
    expect(text).not.toContain("contradicting");
    expect(lines).toContain("  - Ada and Bo: 25.0 % (4.6–69.9), n = 4, Cohen's κ n/a");
  });

  it("has a row for each correction and person", () => {
    expect(lines).toContain("| pos | none | 2 | 4 |");
    expect(lines).toContain("| Ada | 4 | 1 | 3 | 0 | 0 | 1.5 | 3.3 | 120 | 3 |");
  });

  it("lets no name make a column or emphasis", () => {
    expect(lines[0]).toBe("# Doubtful \\| first");
    expect(text).toContain("Agent \\*one\\*");
    expect(text).toContain("a sample of 20 records (seed 7)");
  });

  it("tells people of one name apart, in the rows as among the pairs", () => {
    const apart = reportMarkdown(report, ({ name, ...person }) => ({ ...person, name: `${name} · 1 Mar` }));
    expect(apart).toContain("\n| Ada · 1 Mar | 4 |");
    expect(apart).toContain("  - Ada · 1 Mar and Bo · 1 Mar: ");
  });

  it("says when it was closed", () => {
    expect(text).toContain("Open; as of 2026-01-02");
    expect(reportMarkdown({ ...report, closedAt: report.asOf }, asNamed)).toContain("Closed 2026-01-02");
  });
});
