import { describe, expect, it } from "vitest";
import { parseQueryText } from "@/contracts/query-text";
import { queryNames } from "./query-text";
import { quoted, suggest } from "./suggest";
import type { Vocabulary } from "./vocabulary";

const uuid = (n: number) => `018f0000-0000-7000-8000-00000000000${n}`;
const vocabulary: Vocabulary = {
  labels: [
    {
      name: "sentiment",
      level: "record",
      multi: false,
      options: [
        { value: "pos", text: "positive" },
        { value: "very bad", text: "very bad" },
      ],
    },
    { name: "Größe der Stadt", level: "record", multi: false, options: [] },
  ],
  metadata: [{ name: 'price "net"', type: "number", visibility: "team" }],
  annotators: [
    { id: uuid(1), kind: "job", name: "gpt 4", labels: ["sentiment"], createdAt: "2026-03-01T09:00:00Z" },
  ],
  subsets: [{ id: uuid(2), name: "第一 批" }],
  people: [{ id: uuid(3), name: "Ada" }],
};
const at = (text: string) => suggest(text, text.length, vocabulary);
const inserts = (text: string) => at(text).items.map(({ insert }) => insert);

describe("what could stand where one types", () => {
  it.each([
    ["sen", ["label:sentiment"]],
    ["late and label:", ["sentiment", '"Größe der Stadt"']],
    ["label:gr", ['"Größe der Stadt"']],
    ["label:sentiment = ", ["pos", '"very bad"']],
    ['label:"sentiment" != ve', ['"very bad"']],
    ["label:sentiment un", ["unverified"]],
    ["metadata.pri", ['"price \\"net\\""']],
    ["subset:", ['"第一 批"']],
    ['subset:"第', ['"第一 批"']],
    ["label:sentiment = pos by g", ['"gpt 4"']],
    ['label:sentiment = pos by "gpt 4", A', ["Ada"]],
    ["assigned to ", ['"gpt 4"', "Ada"]],
    ["regular", []],
    ["", []],
  ])("%s", (text, expected) => {
    expect(inserts(text)).toEqual(expected);
  });

  it("makes texts that are understood", () => {
    for (const text of ["label:sentiment = ve", "labelled by g", "assigned to A", "subset:第", "label:gr"]) {
      const { from, to, items } = at(text);
      const [first] = items;
      const done = `${text.slice(0, from)}${first?.insert}${text.slice(to)}`;
      const whole = done.startsWith('label:"') ? `${done} exists` : done;
      expect(parseQueryText(whole, queryNames(vocabulary)).problems).toEqual([]);
    }
  });

  it("quotes a name only where it must", () => {
    expect(quoted("retweet_count")).toBe("retweet_count");
    expect(quoted("a.b")).toBe('"a.b"');
    expect(quoted("第一")).toBe("第一");
  });
});
