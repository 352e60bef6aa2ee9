import { describe, expect, it } from "vitest";
import { retryDelay } from "./run-task";

describe("retryDelay", () => {
  it("doubles from one second up to five minutes, with up to half taken off", () => {
    expect([1, 2, 3, 4].map((attempts) => retryDelay(attempts, 0))).toEqual([1000, 2000, 4000, 8000]);
    expect(retryDelay(1, 1)).toBe(500);
    expect(retryDelay(1000, 0)).toBe(300_000);
  });
});
