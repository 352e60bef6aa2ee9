import { expect, it } from "vitest";
import { doneCount, failedCount } from "./job-words";

it("counts records that are left out as examples as done, and not as failed", () => {
  const counts = {
    total: 60,
    prompted: 57,
    promptInvalid: 3,
    examples: 2,
    called: 56,
    callFailed: 1,
    parsed: 50,
    invalid: 6,
    cached: 0,
    uncertain: 0,
  };
  expect(failedCount(counts)).toBe(2);
  expect(doneCount(counts)).toBe(60);
});
