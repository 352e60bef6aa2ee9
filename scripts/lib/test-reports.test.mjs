import { describe, expect, it } from "vitest";
import { countPlaywright, countVitest } from "./test-reports.mjs";

const good = { ok: true, said: "" };
const bad = { ok: false, said: "why" };

const vitest = (report) => ({
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
  ...report,
});

describe("the count of a Vitest report", () => {
  it("is that of its tests", () => {
    expect(countVitest(vitest({ numPassedTests: 7, numPendingTests: 1 }), good)).toMatchObject({
      passed: 7,
      failed: 0,
      skipped: 1,
    });
  });

  it("has a file that could not be loaded as one failure", () => {
    const testResults = [
      { status: "failed", assertionResults: [] },
      { status: "failed", assertionResults: [{ status: "failed" }] },
    ];
    const report = vitest({ numPassedTests: 2, numFailedTests: 1, testResults });
    expect(countVitest(report, bad)).toMatchObject({ passed: 2, failed: 2, said: "why" });
  });

  it.each([
    ["there is no report", undefined, bad],
    ["no test ran", vitest({}), good],
    ["the run ended in failure though every test passed", vitest({ numPassedTests: 3 }), bad],
  ])("is a failure when %s", (_, report, end) => {
    expect(countVitest(report, end).failed).toBe(1);
  });
});

describe("the count of a Playwright report", () => {
  it("has a test that passed only when tried again as a failure", () => {
    const stats = { expected: 3, unexpected: 1, flaky: 1, skipped: 2 };
    expect(countPlaywright({ stats }, bad)).toMatchObject({ passed: 3, failed: 2, skipped: 2 });
  });
});
