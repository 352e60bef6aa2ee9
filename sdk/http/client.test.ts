import { describe, expect, it } from "vitest";
import { path } from "./client";

describe("path", () => {
  it("holds what is filled in as one part", () => {
    expect(path`/jobs/${"a/../b?c#d"}/events/${"…"}`).toBe("/jobs/a%2F..%2Fb%3Fc%23d/events/%E2%80%A6");
  });

  it.each(["", ".", ".."])("is not made of %j, with which another address would be asked", (id) => {
    expect(() => path`/projects/p/subsets/${id}`).toThrow("is no id");
  });
});
