import { describe, expect, it } from "vitest";
import { currentItem, projectNav } from "./project-nav";

const items = projectNav("p1");

describe("currentItem", () => {
  it.each([
    ["/p/p1", "overview"],
    ["/p/p1/records", "records"],
    ["/p/p1/records/r7", "records"],
    ["/p/p1/recordsets", "overview"],
    ["/p/p1/import", "records"],
    ["/p/p1/annotate", "records"],
    ["/p/p1/annotate/a7", "overview"],
    ["/p/p1/reconcile", "final-labels"],
  ])("%s belongs to %s", (path, key) => {
    expect(currentItem(items, path)?.key).toBe(key);
  });

  it("is none outside the project", () => {
    expect(currentItem(items, "/p/p10/records")).toBeUndefined();
    expect(currentItem(items, "/account")).toBeUndefined();
  });
});
