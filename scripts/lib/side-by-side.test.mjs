import { setImmediate as turn } from "node:timers/promises";
import { expect, it } from "vitest";
import { doSideBySide } from "./side-by-side.mjs";

/** Does pieces named by letters, capitals alone: what was under way whenever one began, and after which it stopped. */
async function watch(letters, { cores, last = "" }) {
  const underWay = new Set();
  const seen = [];
  const pieces = [...letters].map((name) => ({ name, alone: name === name.toUpperCase() }));
  await doSideBySide(
    pieces,
    async ({ name }) => {
      underWay.add(name);
      seen.push([...underWay].join(""));
      await turn();
      underWay.delete(name);
      return name !== last;
    },
    cores,
  );
  return seen;
}

it("does as many at a time as there are cores, in order", async () => {
  expect(await watch("abcd", { cores: 1 })).toEqual(["a", "b", "c", "d"]);
  expect(await watch("abc", { cores: 2 })).toEqual(["a", "ab", expect.stringMatching(/c$/)]);
});

it("does by itself what is to be alone, after all before it", async () => {
  expect(await watch("abCDef", { cores: 3 })).toEqual(["a", "ab", "C", "D", "e", "ef"]);
});

it("begins nothing more when one says so, and waits for what has begun", async () => {
  expect(await watch("abCd", { cores: 2, last: "C" })).toEqual(["a", "ab", "C"]);
  expect(await watch("abcD", { cores: 1, last: "b" })).toEqual(["a", "b"]);
});
