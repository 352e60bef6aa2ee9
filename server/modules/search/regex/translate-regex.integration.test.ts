import fc from "fast-check";
import { RE2JS } from "re2js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { queryRows, sql } from "@/server/platform/sql";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { foldCase } from "../fold-case";
import { randomRegex, randomText } from "../testing/random-regex";
import { translateRegex } from "./translate-regex";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

type Pair = { regex: string; flags: string; text: string };

const translated = ({ regex, flags }: Omit<Pair, "text">) => {
  const found = translateRegex(regex, flags);
  if ("code" in found) throw new Error(`${regex}: ${found.message}`);
  return found;
};

/** What PostgreSQL says of each translation and its text. */
async function found(pairs: readonly Pair[]): Promise<boolean[]> {
  const rows = await queryRows<{ found: boolean }>(
    test.db,
    sql`select p.text collate "C" ~ p.pattern as "found"
      from unnest(${pairs.map(({ text }) => text)}::text[], ${pairs.map((pair) => translated(pair).pattern)}::text[])
        with ordinality p(text, pattern, ordinal) order by p.ordinal`,
  );
  return rows.map((row) => row.found);
}

/** What re2js says of the expression as it stands. */
function meant({ regex, flags, text }: Pair): boolean {
  const own = (flags.includes("c") ? "" : "i") + flags.replace("c", "");
  return RE2JS.compile(own === "" ? regex : `(?${own})${regex}`)
    .matcher(text)
    .find();
}

const flags = fc.subarray(["c", "m", "s"]).map((letters) => letters.join(""));
const isRight = (regex: string) => regex.length > 0 && !("code" in translateRegex(regex));

describe("the translation of an expression", () => {
  it("finds in PostgreSQL what re2js finds, in 4,000 random texts", async () => {
    const pairs = fc.sample(fc.record({ regex: randomRegex.filter(isRight), flags, text: randomText }), {
      numRuns: 4000,
      seed: 35,
    });
    const expected = pairs.map(meant);
    const answers = await found(pairs);
    expect(pairs.filter((_, index) => answers[index] !== expected[index])).toEqual([]);
    const hits = expected.filter((hit) => hit).length;
    expect(hits).toBeGreaterThan(800);
    expect(hits).toBeLessThan(3200);
    // What the index is asked for first stands in every text that matches.
    for (const [index, pair] of pairs.entries()) {
      const { required } = translated(pair);
      if (required !== null && expected[index]) expect(foldCase(pair.text)).toContain(required);
    }
  });

  it.each([
    ["a letter of any case", "STRASSE", "", "strasse", true],
    ["one case when asked", "A", "c", "a", false],
    ["the long s and the Kelvin sign by simple folding", "^sk$", "", "ſ\u212A", true],
    ["the final sigma", "σας", "", "ΣΑΣ", true],
    ["the sharp s and its capital, but not two letters", "^ß$", "", "ẞ", true],
    ["no full folding", "^ß$", "", "SS", false],
    ["the dotted capital I as itself alone", "^i$", "", "İ", false],
    ["ASCII digits alone", "\\d", "", "٣", false],
    ["a word of ASCII letters alone", "\\bb", "", "äb", true],
    ["the end of the text alone without m", "a$", "", "a\n", false],
    ["the end of each line with m", "a$", "m", "a\nb", true],
    ["the start of each line with m", "^b", "m", "a\nb", true],
    ["no line end by a point without s", "a.b", "", "a\nb", false],
    ["a line end by a point with s", "a.b", "s", "a\nb", true],
    ["a category of Unicode", "^\\p{Han}+$", "", "漢字", true],
    ["a character outside the basic plane as one", "^.$", "", "😀", true],
    ["what PostgreSQL takes for its own syntax", "***:a", "", "***:a", null],
    ["its word borders as plain letters", "[[:<:]]", "", "a", null],
    ["a quoted part", "\\Q(?=a)\\E", "", "x(?=a)", true],
    ["a thousand times", "^(?:ab){1000}$", "", "ab".repeat(1000), true],
    ["not one less", "^(?:ab){1000}$", "", "ab".repeat(999), false],
    ["nothing where nothing can be", "\\x00", "", "a", false],
  ])("knows %s", async (_what, regex, flags, text, hit) => {
    if (hit === null) return expect(translateRegex(regex, flags)).toMatchObject({ code: "invalid_regex" });
    expect(meant({ regex, flags, text })).toBe(hit);
    expect(await found([{ regex, flags, text }])).toEqual([hit]);
  });

  it.each([
    ["a look-ahead", "a(?=b)", /look-around/],
    ["a look-behind", "(?<!a)b", /look-around/],
    ["a back-reference", "(a)\\1", /back-reference/],
    ["an open group", "(a", /"\(" at character 1 is never closed/],
    ["an open class", "[a", /"\[" at character 1 is never closed/],
    ["a repetition of nothing", "*a", /has nothing before it to repeat/],
    ["a repetition of a repetition", "a**", /repeats a repetition/],
    ["more than 1,000 times", "a{1001}", /"\{1001\}" at character 2 counts wrongly/],
    ["more than 1,000 times in all", "(a{100}){11}", /counts wrongly/],
    ["an unknown escape", "\\y", /is no escape/],
    ["an unknown category", "\\p{Klingon}", /is no class or range/],
    ["a wrong range", "[z-a]", /"z-a" at character 2 is no class or range/],
  ])("refuses %s and says why", (_what, regex, message) => {
    const problem = translateRegex(regex);
    expect(problem).toMatchObject({ code: "invalid_regex", message: expect.stringMatching(message) });
  });

  it("refuses what PostgreSQL can't be given", () => {
    expect(translateRegex("\\pL{200}".repeat(5).concat("[\\pN\\pL]".repeat(60)))).toMatchObject({
      code: "unsupported_regex",
    });
  });

  it("knows a text that an index can be asked for", () => {
    const required = (regex: string, flags = "") => translated({ regex, flags }).required;
    expect(required("wonderful|bad")).toBeNull();
    expect(required("(very )?good.*coffee")).toBe("coffee");
    expect(required("Straße", "c")).toBe("straße");
    // "ſ" and "s" are one letter here, but have two lower cases.
    expect(required("houses")).toBe("hou");
    expect(required("mass")).toBeNull();
    expect(required("(мышь)+")).toBe("мышь");
    // "ᲀ" is the same letter as "в", and has no lower case but itself.
    expect(required("(правда)+")).toBe("пра");
  });
});
