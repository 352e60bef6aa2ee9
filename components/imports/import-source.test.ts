import { describe, expect, it } from "vitest";
import { formatOfText } from "./import-source";

describe("formatOfText", () => {
  it.each([
    ["id,text\n1,a", "csv"],
    ["text\nno columns at all", "csv"],
    ["id\ttext\n1\ta, b", "tsv"],
    ['[{"id":1}]', "json"],
    ['{"id":1,"text":"a"}\n{"id":2,"text":"b"}', "jsonl"],
    ['  {"id":1,"text":"a"}', "jsonl"],
    ['{\n  "data": []\n}', "json"],
    ["", "csv"],
  ])("%j looks like %s", (text, format) => expect(formatOfText(text)).toBe(format));
});
