import { describe, expect, it } from "vitest";
import { readAddress, writeAddress } from "./annotate-address";

const id = "018f0000-0000-7000-8000-00000000000a";

describe("the address of a page of labelling", () => {
  it("says nothing of what is usual and keeps what else stands there", () => {
    const params = new URLSearchParams({ subset: id });
    expect(readAddress(params)).toEqual({ state: "todo", view: "focus" });
    expect(writeAddress(params, { state: "todo", view: "focus" })).toBe(`subset=${id}`);
    const full = { state: "unsure", view: "table", keyword: "a b", at: id } as const;
    const written = new URLSearchParams(writeAddress(params, full));
    expect([readAddress(written), written.get("subset")]).toEqual([full, id]);
    expect(writeAddress(written, { state: "todo", view: "focus" })).toBe(`subset=${id}`);
  });

  it("leaves out what makes no sense", () => {
    const params = new URLSearchParams({ state: "lost", view: "table", at: "nowhere" });
    expect(readAddress(params)).toEqual({ state: "todo", view: "table" });
  });
});
