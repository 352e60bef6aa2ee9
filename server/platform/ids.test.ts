import { validate, version } from "uuid";
import { describe, expect, it } from "vitest";
import { newId } from "./ids";

describe("new ids", () => {
  const ids = Array.from({ length: 5000 }, newId);

  it("are UUIDv7, each another one", () => {
    expect(ids.every((id) => validate(id) && version(id) === 7)).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("come in the order in which they are made", () => {
    expect(ids.toSorted()).toEqual(ids);
  });

  it("end in random bytes of their own", () => {
    expect(new Set(ids.map((id) => id.slice(-12))).size).toBe(ids.length);
  });
});
