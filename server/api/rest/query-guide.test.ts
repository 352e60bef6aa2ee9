import { expect, it } from "vitest";
import { predicates } from "@/contracts/query";
import { readQuery } from "@/contracts/read-query";
import { queryGuide } from "./query-guide";

it("shows a condition of every kind, each of which can be asked", () => {
  const shown = [...queryGuide.matchAll(/`(\{"[a-zA-Z]+": .*?\})`/g)].map(([, json = ""]) => json);
  const conditions = shown.filter((json) => !json.includes("…"));
  const kinds = conditions.map((json) => {
    const query: Record<string, unknown> = JSON.parse(json);
    expect(readQuery(query), json).toMatchObject({ problems: [] });
    return Object.keys(query)[0] ?? "";
  });
  expect(kinds.sort()).toEqual(Object.keys(predicates).sort());
});

it("shows a whole search that can be asked", () => {
  const [, json = ""] = /~~~json\n(.*?)~~~/s.exec(queryGuide) ?? [];
  expect(readQuery(JSON.parse(json).query).problems).toEqual([]);
});
