import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  allChosen,
  bulkSet,
  type Chosen,
  canList,
  chosenQuery,
  countChosen,
  headState,
  isChosen,
  noneChosen,
  withChosen,
} from "./chosen";

const everybody = Array.from({ length: 8 }, (_, at) => `r${at}`);
const step = fc.oneof(
  fc.constant({ do: "none" as const }),
  fc.constant({ do: "all" as const }),
  fc.record({ do: fc.constant("set" as const), ids: fc.subarray(everybody), on: fc.boolean() }),
);

describe("a choice of records", () => {
  it("holds what a plain set of all records would hold", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let chosen: Chosen = noneChosen;
        let model = new Set<string>();
        for (const one of steps) {
          if (one.do === "none") [chosen, model] = [noneChosen, new Set()];
          else if (one.do === "all") [chosen, model] = [allChosen, new Set(everybody)];
          else {
            chosen = withChosen(chosen, one.ids, one.on);
            for (const id of one.ids)
              if (one.on) model.add(id);
              else model.delete(id);
          }
        }
        expect(everybody.filter((id) => isChosen(chosen, id))).toEqual(
          everybody.filter((id) => model.has(id)),
        );
        expect(countChosen(chosen, everybody.length)).toBe(model.size);
        const head = headState(chosen, everybody.length);
        if (head === true) expect(model.size).toBe(everybody.length);
        if (head === false) expect(model.size).toBe(0);
      }),
    );
  });

  it("is sent as a list, or as a search without those taken out", () => {
    const query = { keyword: "late" };
    const some = withChosen(noneChosen, ["a", "b"], true);
    const most = withChosen(allChosen, ["a"], false);
    expect(bulkSet(some, query)).toEqual({ recordIds: ["a", "b"] });
    expect(bulkSet(most, query)).toEqual({ query, except: ["a"] });
    expect(bulkSet(allChosen, null)).toEqual({ query: {}, except: [] });
    expect(chosenQuery(some, query)).toEqual({ ids: ["a", "b"] });
    expect(chosenQuery(most, query)).toEqual({ and: [query, { not: { ids: ["a"] } }] });
    expect(chosenQuery(most, null)).toEqual({ not: { ids: ["a"] } });
    expect(chosenQuery(allChosen, null)).toBeNull();
  });

  it("can be sent up to what a request lists", () => {
    const many = Array.from({ length: 10_000 }, (_, at) => `r${at}`);
    expect(canList(withChosen(noneChosen, many, true))).toBe(true);
    expect(canList(withChosen(noneChosen, [...many, "more"], true))).toBe(false);
    expect(canList(withChosen(allChosen, [...many, "more"], false))).toBe(false);
  });
});
