import { describe, expect, it } from "vitest";
import { navForRole } from "@/components/projects/nav-for-role";
import { currentItem, projectNav } from "./project-nav";

const items = projectNav("p1");

describe("currentItem", () => {
  it.each([
    ["/p/p1", "overview"],
    ["/p/p1/records", "records"],
    ["/p/p1/records/r7", "records"],
    ["/p/p1/import", "records"],
    ["/p/p1/annotate/a7", "overview"],
    ["/p/p1/reconcile", "final-labels"],
  ])("%s belongs to %s", (path, key) => {
    expect(currentItem(items, path)?.key).toBe(key);
  });

  it.each([
    ["of what one found, to the records", items, null, "records"],
    ["of a subset, to the subsets", items, "s3", "subsets"],
    ["of an annotator, to the overview", navForRole("p1", "annotator"), "s3", "overview"],
    ["of an annotator without a subset too", navForRole("p1", "annotator"), null, "overview"],
  ])("labelling belongs, %s", (_, offered, subset, key) => {
    expect(currentItem(offered, "/p/p1/annotate", subset)?.key).toBe(key);
  });

  it("is none for a page that there isn't, or that the reader may not open", () => {
    expect(currentItem(items, "/p/p1/recordsets")).toBeUndefined();
    expect(currentItem(navForRole("p1", "annotator"), "/p/p1/agents")).toBeUndefined();
  });

  it("is none outside the project", () => {
    expect(currentItem(items, "/p/p10/records")).toBeUndefined();
    expect(currentItem(items, "/account")).toBeUndefined();
  });
});
