import { describe, expect, it } from "vitest";
import { currentItem, projectNav } from "./project-nav";

const items = projectNav("p1");

describe("currentItem", () => {
  it.each([
    ["/projects/p1", "overview"],
    ["/projects/p1/records", "records"],
    ["/projects/p1/records/r7", "records"],
    ["/projects/p1/recordsets", "overview"],
  ])("%s belongs to %s", (path, key) => {
    expect(currentItem(items, path)?.key).toBe(key);
  });

  it("is none outside the project", () => {
    expect(currentItem(items, "/projects/p10/records")).toBeUndefined();
    expect(currentItem(items, "/account")).toBeUndefined();
  });
});
