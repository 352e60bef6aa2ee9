import { describe, expect, it } from "vitest";
import { TextOffsets } from "@/contracts/text-offsets";
import { ConllReader, type PeerItem } from ".";
import { item, ofFile, problem, shorts } from "./testing/read-samples";

const conll = (text: string): PeerItem[] => {
  const reader = new ConllReader();
  return [...reader.push(text), ...reader.end()].map((block) => item("conll", block));
};

describe("CoNLL", () => {
  ofFile("ner/wnut17train.conll", "every sentence and span of WNUT 17", (text) => {
    const read = conll(text);
    const rows = text.split("\n");
    expect(read.flatMap(({ labels }) => labels)).toHaveLength(rows.filter((row) => /\tB-/.test(row)).length);
    const marked = read.flatMap(({ content, labels }) =>
      labels.map(({ start = 0, end = 0 }) => new TextOffsets(content).slice(start, end)),
    );
    expect(marked.filter((span) => span === "" || span !== span.trim())).toEqual([]);
  });

  ofFile("ner/emerging.dev.conll", "its development set", (text) => {
    const [, second] = conll(text);
    expect(second && shorts(second)).toEqual([
      "-|-|location|Redondo Beach Blvd",
      "-|-|location|Gardena",
      "-|-|location|Compton",
    ]);
  });

  // The first sentences of the shared task's page, clips.uantwerpen.be/conll2003/ner, in its IOB1.
  it("reads CoNLL-2003: blanks, four columns, document marks, tags that begin with I", () => {
    const read = conll(
      "-DOCSTART- -X- O O\n\nU.N. NNP I-NP I-ORG \nofficial NN I-NP O\nRolf NNP I-NP I-PER\nBern NNP I-NP B-PER\n\n",
    );
    expect(read.map(({ content }) => content)).toEqual(["U.N. official Rolf Bern"]);
    expect(read.flatMap(shorts)).toEqual(["-|-|ORG|U.N.", "-|-|PER|Rolf", "-|-|PER|Bern"]);
    expect(read[0]?.left).toEqual(["columns between the token and the last tag"]);
  });

  it("marks a sentence that is too long to be one, and goes on with the next", () => {
    const reader = new ConllReader();
    const blocks = [
      ...reader.push("a O\n".repeat(110_001)),
      ...reader.push("\nb O\n\n"),
      ...Array.from({ length: 25 }, () => [...reader.push("x".repeat(1_000_000))]).flat(),
      ...reader.push(" O\r\nstill this one O\r\n\r\nc O"),
      ...reader.end(),
    ];
    expect(blocks.map(({ line, cut }) => [line, cut])).toEqual([
      [1, true],
      [110_003, false],
      [110_005, true],
      [110_008, false],
    ]);
  });

  it("reads BIOES, and a first token that is a hash sign", () => {
    const read = conll("#\tO\nNew\tB-LOC\nYork\tE-LOC\nRome\tS-LOC\n");
    expect(read.flatMap(shorts)).toEqual(["-|-|LOC|New York", "-|-|LOC|Rome"]);
    expect(read[0]?.content).toBe("# New York Rome");
  });

  it("says which line has no tag", () => {
    const reader = new ConllReader();
    const [block] = [...reader.push("a\tO\nb\n\n"), ...reader.end()];
    expect(block?.line).toBe(1);
    expect(problem("conll", block)).toMatch(/"b" differs/);
  });
});

describe("spaCy", () => {
  // By spacy.io/api/data-formats (dict input), spacy.io/api/doc (`to_json`), prodi.gy/docs/api-interfaces.
  it.each([
    [
      "dict input",
      { text: "I like London 🙂 too", entities: [[7, 13, "LOC"]], cats: { POS: 1.0, NEG: 0.0 } },
    ],
    [
      "Doc.to_json",
      {
        text: "I like London 🙂 too",
        ents: [{ start: 7, end: 13, label: "LOC" }],
        cats: { POS: 0.9 },
        tokens: [],
      },
    ],
    [
      "Prodigy",
      {
        text: "I like London 🙂 too",
        spans: [{ start: 7, end: 13, label: "LOC" }],
        cats: { POS: true },
        answer: "accept",
      },
    ],
  ])("reads %s", (_what, value) => {
    expect(shorts(item("spacy", value))).toEqual(["-|-|LOC|London", "-|-|POS"]);
  });

  it("reads span groups by name, and training files by their tags alone", () => {
    const groups = {
      text: "I like London",
      spans: {
        sc: [
          { start: 0, end: 6, label: "A" },
          { start: 2, end: 6, label: "B" },
        ],
      },
    };
    expect(shorts(item("spacy", groups))).toEqual(["-|sc|A|I like", "-|sc|B|like"]);
    const tokens = [
      ["I", "O"],
      ["like", "O"],
      ["New", "B-LOC"],
      ["York", "L-LOC"],
      [".", "O"],
    ].map(([orth, ner], id) => ({ id, orth, ner, space: id === 3 ? "" : " " }));
    const document = { id: 0, paragraphs: [{ raw: null, sentences: [{ tokens }], cats: [] }] };
    expect(item("spacy", document)).toMatchObject({ externalId: "0", content: "I like New York." });
    expect(shorts(item("spacy", document))).toEqual(["-|-|LOC|New York"]);
  });
});
