import { describe, expect, it } from "vitest";
import { type ImportOptions, importOptions } from "@/contracts/imports";
import { isAppError } from "@/server/platform/errors";
import { resolveMapping } from "./mapping";

const resolve = (present: string[], asked: Partial<ImportOptions>) =>
  resolveMapping(present, importOptions.parse({ format: "csv", ...asked }));

function problemsOf(present: string[], asked: Partial<ImportOptions>) {
  try {
    resolve(present, asked);
  } catch (error) {
    if (isAppError(error) && error.code === "invalid_mapping") return error.errors ?? [];
    throw error;
  }
  return [];
}

describe("resolveMapping", () => {
  it("finds the text by its usual names, and takes all the rest by *", () => {
    expect(resolve(["id", "text", "a"], { id: "id", metadata: ["*"] })).toEqual({
      id: "id",
      content: "text",
      metadata: ["a"],
      rest: true,
    });
  });

  it("takes a name with commas whole when a column is called so", () => {
    expect(resolve(["content", "a,b", "c"], { metadata: ["a,b"] }).metadata).toEqual(["a,b"]);
    expect(resolve(["content", "a", "b"], { metadata: ["a, b"] }).metadata).toEqual(["a", "b"]);
  });

  it("names every missing column and those that are there", () => {
    expect(problemsOf(["a", "b"], { id: "x", content: "y", metadata: ["z"] })).toEqual([
      { path: "content", message: 'There is no column "y". The file has: a, b.' },
      { path: "id", message: 'There is no column "x". The file has: a, b.' },
      { path: "metadata", message: 'There is no column "z". The file has: a, b.' },
    ]);
    expect(problemsOf(["a"], {})[0]?.path).toBe("content");
  });

  it("refuses a column that stands twice, and facts about columns that are not imported", () => {
    expect(problemsOf(["content", "content"], {})[0]?.message).toMatch(/Two columns/);
    expect(problemsOf(["content", "a"], { types: { a: "number" } })[0]?.path).toBe("types");
    expect(problemsOf(["content", "a"], { visibility: { a: "gold" } })[0]?.path).toBe("visibility");
  });
});
