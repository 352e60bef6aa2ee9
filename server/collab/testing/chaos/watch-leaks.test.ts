import { expect, it } from "vitest";
import { updateMessage } from "../../wire";
import { writeUpdate } from "../write-update";
import { watchLeaks } from "./watch-leaks";

it("finds what a page may not know in the bytes of an update and in a listed label", () => {
  const value = { by: "bo-id", status: "CONFIRMS", value: ["pos"] };
  const frame = updateMessage(writeUpdate([{ clientId: 1, clock: 0, structs: [{ key: "k", value }] }]));
  const watch = (others: string[], blind: boolean) => {
    const leaks = watchLeaks({ others: () => others, blind });
    leaks.frame(frame);
    leaks.undecided({ annotationId: "k", ...(blind ? { conf: 0.5 } : {}) });
    return leaks.found.length;
  };
  expect(watch(["bo-id"], false)).toBe(1);
  expect(watch([], true)).toBe(2);
  expect(watch(["cy-id"], false)).toBe(0);
});
