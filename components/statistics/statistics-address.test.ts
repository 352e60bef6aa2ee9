import { describe, expect, it } from "vitest";
import { filterOf, printStatisticsAddress, readStatisticsAddress } from "./statistics-address";

const someId = "019a3f0e-7c1b-7aaa-8bbb-0123456789ab";
const read = (search: string) => readStatisticsAddress(new URLSearchParams(search));

describe("the address of statistics", () => {
  it("says what was chosen, and nothing else", () => {
    const search = `label=sentiment&subset=${someId}&who=${someId}&from=2026-01-01&to=2026-02-01&by=policy`;
    expect(printStatisticsAddress(read(search))).toBe(search);
    expect(printStatisticsAddress(read(""))).toBe("");
  });

  it("leaves out what makes no sense", () => {
    expect(read("subset=x&who=1&from=yesterday&to=2026-02-30&by=mood")).toEqual({
      label: null,
      subsetId: null,
      who: null,
      from: null,
      to: null,
      by: "job",
    });
  });

  it("asks for whole days, to the end of the last; for none that end before they begin", () => {
    expect(filterOf(read("from=2026-01-31&to=2026-01-31"))).toEqual({
      since: "2026-01-31T00:00:00.000Z",
      until: "2026-02-01T00:00:00.000Z",
    });
    expect(filterOf(read("from=2026-02-01&to=2026-01-31"))).toEqual({});
    expect(filterOf(read(`who=${someId}`))).toEqual({ annotators: [someId] });
  });
});
