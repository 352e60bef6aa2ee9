import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashFiles, inProject, listFiles, readJson } from "./project.mjs";

let folder;
/** A path as the functions want it: relative to the project. */
const at = (name) => path.relative(inProject(), path.join(folder, name)).split(path.sep).join("/");

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "tandem-files-"));
  mkdirSync(path.join(folder, "b"));
  writeFileSync(path.join(folder, "b", "two.ts"), "2");
  writeFileSync(path.join(folder, "one.ts"), "1");
  writeFileSync(path.join(folder, "one.test.ts"), "t");
});
afterEach(() => rmSync(folder, { recursive: true }));

const hash = () => hashFiles(listFiles([at(".")]));

describe("the files of a folder", () => {
  it("are listed with those below it, and a missing one is passed over", () => {
    const isWanted = (file) => !file.endsWith(".test.ts");
    expect(listFiles([at("b"), at("one.ts"), at("one.test.ts"), at("gone")], isWanted)).toEqual(
      [at("b/two.ts"), at("one.ts")].sort(),
    );
  });

  it("have another hash when one is edited, renamed, added or split", () => {
    const hashes = [hash()];
    writeFileSync(path.join(folder, "one.ts"), "one");
    hashes.push(hash());
    renameSync(path.join(folder, "one.ts"), path.join(folder, "uno.ts"));
    hashes.push(hash());
    writeFileSync(path.join(folder, "new.ts"), "");
    hashes.push(hash());
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(hash()).toBe(hashes.at(-1));
  });

  it("hold JSON or nothing", () => {
    writeFileSync(path.join(folder, "good.json"), `{"a":1}`);
    writeFileSync(path.join(folder, "cut.json"), `{"a":`);
    expect(readJson(path.join(folder, "good.json"))).toEqual({ a: 1 });
    expect(readJson(path.join(folder, "cut.json"))).toBeUndefined();
    expect(readJson(path.join(folder, "gone.json"))).toBeUndefined();
  });
});
