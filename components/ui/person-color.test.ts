import { expect, it } from "vitest";
import { initials } from "./person-color";

it("takes the first and the last word, and nothing of what tells namesakes apart", () => {
  const names = ["Ada", "Ada King Lovelace", " ", "Ada · 1 Mar, 09:00", "Ada Lovelace · 1 Mar, 09:00"];
  expect(names.map(initials)).toEqual(["A", "AL", "?", "A", "AL"]);
});
