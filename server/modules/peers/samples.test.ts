import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "@/contracts/common";
import { realInput } from "@/server/testing/real-inputs";
import { ConllReader, type PeerFormat, type PeerItem, type PeerLabel, parsePeer, TextOffsets } from ".";

/** One item that must be readable. */
function item(format: PeerFormat, value: unknown): PeerItem {
  const [only, ...more] = parsePeer(format, value as JsonValue);
  if (!only || "problem" in only || more.length > 0) throw new Error(JSON.stringify([only, ...more]));
  return only;
}
const problem = (format: PeerFormat, value: unknown): string => {
  const [only] = parsePeer(format, value as JsonValue);
  return only && "problem" in only ? only.problem : "read";
};
/** A label in short: `annotator|label|values|text or conf`. */
const short = (content: string, { annotator, label, value, start, end, conf }: PeerLabel): string =>
  [
    annotator ?? "-",
    label ?? "-",
    value.join("+"),
    ...(start === undefined || end === undefined ? [] : [new TextOffsets(content).slice(start, end)]),
    ...(conf === undefined ? [] : [conf]),
  ].join("|");
const shorts = ({ content, labels }: PeerItem): string[] => labels.map((label) => short(content, label));
const conll = (text: string): PeerItem[] => {
  const reader = new ConllReader();
  return [...reader.push(text), ...reader.end()].map((block) => item("conll", block));
};

const files = {
  labelStudio: realInput("peer-formats/label-studio-export.json"),
  legacy: realInput("peer-formats/label-studio-legacy-ner.json"),
  doccano: realInput("peer-formats/doccano-intent-and-slots.jsonl"),
  relations: realInput("peer-formats/doccano-relations.jsonl"),
  evals: realInput("peer-formats/openai-evals-match.jsonl"),
  wnut: realInput("ner/wnut17train.conll"),
  emerging: realInput("ner/emerging.dev.conll"),
};
const text = (file: { path: string }) => readFileSync(file.path, "utf8");
const jsonLines = (file: { path: string }) =>
  text(file)
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line));
const unless = ({ missing, reason }: { missing: boolean; reason: string }) =>
  [it.skipIf(missing), reason] as const;

describe("Label Studio", () => {
  const [current, why] = unless(files.labelStudio);
  current(`a file of its converter's tests (${why} when skipped)`, () => {
    const [task] = JSON.parse(text(files.labelStudio));
    const read = item("labelstudio", task);
    expect(read).toMatchObject({ externalId: "6141", metadata: {}, left: [] });
    expect(read.content).toMatch(/^Calif\. wildfires/);
    expect(shorts(read)).toEqual(["sergei@heartex.test|sentiment|Positive"]);
  });

  const [legacy, whyLegacy] = unless(files.legacy);
  legacy(`its oldest form, whose end is inclusive (${whyLegacy} when skipped)`, () => {
    const read = item("labelstudio", JSON.parse(text(files.legacy)));
    expect(shorts(read)).toEqual(["-|ner|Date|February 22"]);
    expect(read.labels[0]).toMatchObject({ start: 343, end: 354 });
  });

  const region = (value: object, more = {}) => ({
    from_name: "ner",
    to_name: "text",
    type: "labels",
    value,
    ...more,
  });
  const task = (result: unknown[], more = {}) => ({
    id: 7,
    data: { text: "💩This is an annotation.", source: "tsv" },
    annotations: [{ completed_by: 3, result }],
    ...more,
  });

  // Of the texts in github.com/HumanSignal/label-studio/issues/1347: UTF-16 units before 2021, code points since.
  it.each([
    ["UTF-16 units", 13, 23],
    ["code points", 12, 22],
    ["an inclusive end", 12, 21],
  ])("reads offsets in %s by the region's own text", (_what, start, end) => {
    const read = item("labelstudio", task([region({ start, end, text: "annotation", labels: ["A"] })]));
    expect(shorts(read)).toEqual(["user 3|ner|A|annotation"]);
    expect(read).toMatchObject({ externalId: "7", metadata: { source: "tsv" } });
  });

  it("refuses a region whose text doesn't stand there, or that lies outside", () => {
    expect(
      problem("labelstudio", task([region({ start: 0, end: 4, text: "annotation", labels: ["A"] })])),
    ).toMatch(/span of "ner" says that its text is "annotation"/);
    expect(problem("labelstudio", task([region({ start: 0, end: 99, labels: ["A"] })]))).toMatch(/outside/);
    expect(problem("labelstudio", { data: { image: 5 } })).toMatch(/image/);
  });

  // By labelstud.io/guide/task_format and /guide/predictions.
  it("reads predictions, taxonomies and several choices, and says what it leaves", () => {
    const read = item(
      "labelstudio",
      task(
        [
          { type: "choices", from_name: "topics", value: { choices: ["a", "b"] } },
          { type: "taxonomy", from_name: "kind", value: { taxonomy: [["Animal", "Cat"]] } },
          { type: "relation", from_id: "x", to_id: "y" },
          { type: "rectanglelabels", from_name: "box", value: { x: 1, rectanglelabels: ["c"] } },
          { type: "textarea", from_name: "note", value: { text: ["free"] } },
        ],
        {
          predictions: [
            { model_version: "m1", score: 0.7, result: [region({ start: 1, end: 5, labels: ["A"] })] },
          ],
        },
      ),
    );
    expect(shorts(read)).toEqual(["user 3|topics|a+b", "user 3|kind|Cat", "m1|ner|A|This|0.7"]);
    expect(read.labels[2]).toMatchObject({ machine: true });
    expect(read.left).toEqual([
      "levels of a taxonomy above the chosen one",
      "relations",
      "regions of type rectanglelabels",
      "regions of type textarea",
    ]);
  });
});

describe("doccano", () => {
  const [slots, why] = unless(files.doccano);
  slots(`intent and slots, of its import tests (${why} when skipped)`, () => {
    const lines = jsonLines(files.doccano);
    expect(lines.slice(0, 4).map((line) => shorts(item("doccano", line)))).toEqual([
      ["-|-|LOC|e", "-|-|positive"],
      ["-|-|positive"],
      ["-|-|LOC|e"],
      [],
    ]);
    expect(problem("doccano", lines[4])).toMatch(/no text/);
  });

  const [relations, whyRelations] = unless(files.relations);
  relations(`entities with relations, which are kept and told (${whyRelations} when skipped)`, () => {
    const read = item("doccano", jsonLines(files.relations)[0]);
    expect(shorts(read)).toEqual([
      "-|-|ORG|Google",
      "-|-|DATE|September 4, 1998",
      "-|-|PERSON|Larry Page",
      "-|-|PERSON|Sergey Brin",
    ]);
    expect(read.metadata.relations).toHaveLength(3);
    expect(read.left).toEqual(["relations (kept as metadata)"]);
  });

  // As backend/data_export of github.com/doccano/doccano writes: `id`, `text`, metadata, `label`, `Comments`.
  it("reads its exports of each task", () => {
    const read = item("doccano", {
      id: 4,
      text: "a 🙂 b",
      source: "x",
      label: [[2, 3, "E"]],
      Comments: ["hm"],
    });
    expect(read).toMatchObject({
      externalId: "4",
      metadata: { source: "x", comments: ["hm"] },
      left: ["comments (kept as metadata)"],
    });
    expect(shorts(read)).toEqual(["-|-|E|🙂"]);
    expect(shorts(item("doccano", { data: "t", label: ["b", "a"] }))).toEqual(["-|-|b+a"]);
    expect(problem("doccano", { text: "t", label: [[0, "x"]] })).toMatch(/no label of doccano/);
  });
});

describe("Argilla", () => {
  // By docs.argilla.io/latest/reference/argilla/records/records, `Record.to_dict`.
  it("reads records of version 2", () => {
    const read = item("argilla", {
      id: "r1",
      fields: { text: "Hello 🙂 world", title: "T" },
      metadata: { split: "train" },
      suggestions: {
        label: { value: "positive", score: 0.9, agent: "gpt" },
        span: { value: [{ start: 0, end: 5, label: "X" }], score: null, agent: null },
      },
      responses: {
        label: [
          { value: "negative", user_id: "u1" },
          { value: ["a", "b"], user_id: "u2" },
        ],
        rank: [{ value: [{ value: "a", rank: 1 }], user_id: "u1" }],
      },
      vectors: { v: [0.1] },
      _server_id: null,
    });
    expect(read).toMatchObject({ externalId: "r1", metadata: { title: "T", split: "train" } });
    expect(shorts(read)).toEqual([
      "u1|label|negative",
      "u2|label|a+b",
      "gpt|label|positive|0.9",
      "suggestion|span|X|Hello",
    ]);
    expect(read.left).toEqual(["answers that are neither options nor spans", "vectors"]);
  });

  // By docs.v1.argilla.io: feedback datasets, then the classes before them.
  it("reads records of version 1 and before", () => {
    const feedback = item("argilla", {
      external_id: "e",
      fields: { text: "t" },
      responses: [
        { user_id: "u", status: "submitted", values: { q: { value: 4 } } },
        { user_id: "w", status: "discarded", values: { q: { value: 1 } } },
      ],
      suggestions: [{ question_name: "q", value: "5", score: 0.5, agent: "m" }],
    });
    expect(shorts(feedback)).toEqual(["u|q|4", "m|q|5|0.5"]);
    expect(feedback).toMatchObject({ externalId: "e", left: ["discarded responses"] });
    const classified = {
      text: "t",
      inputs: { text: "t" },
      prediction: [
        ["a", 0.2],
        ["b", 0.8],
      ],
      prediction_agent: "m",
      annotation: "a",
      annotation_agent: "ann",
      id: 5,
    };
    expect(shorts(item("argilla", classified))).toEqual(["ann|-|a", "m|-|b|0.8"]);
    const tokens = {
      text: "Rome is",
      tokens: ["Rome", "is"],
      annotation: [["LOC", 0, 4]],
      annotation_agent: "ann",
    };
    expect(shorts(item("argilla", tokens))).toEqual(["ann|-|LOC|Rome"]);
  });
});

describe("OpenAI Evals", () => {
  const [match, why] = unless(files.evals);
  match(`a registry's samples (${why} when skipped)`, () => {
    const read = jsonLines(files.evals).map((line) => item("openai-evals", line));
    expect(read.map((one) => [one.content, ...shorts(one)])).toEqual([
      ["Once upon a ", "-|-|time"],
      ["The first US president was ", "-|-|George Washington"],
      ["OpenAI was founded in 20", "-|-|15"],
    ]);
    expect(read[0]?.metadata.messages).toEqual([
      { role: "system", content: "Complete the phrase as concisely as possible." },
    ]);
  });

  it("reads a text as input and several ideals", () => {
    expect(shorts(item("openai-evals", { input: "2+2=", ideal: ["4", "four"] }))).toEqual(["-|-|4+four"]);
    expect(problem("openai-evals", { input: [], ideal: "x" })).toMatch(/input/);
  });
});

describe("MEGAnno", () => {
  it("reads the table of its export, from CSV as pandas writes it", () => {
    const row = {
      data_id: "12",
      content: "good",
      annotator: "job_1",
      label_name: "sentiment",
      label_value: "['pos', \"n'eg\"]",
    };
    expect(shorts(item("meganno", row))).toEqual(["job_1|sentiment|pos+n'eg"]);
    expect(item("meganno", row)).toMatchObject({ externalId: "12", content: "good" });
    expect(shorts(item("meganno", { ...row, label_value: ["pos"] }))).toEqual(["job_1|sentiment|pos"]);
    expect(shorts(item("meganno", { ...row, label_value: "pos" }))).toEqual(["job_1|sentiment|pos"]);
  });

  it("reads records with their annotations", () => {
    const read = item("meganno", {
      uuid: "u-1",
      record_content: "a good day",
      record_metadata: [{ name: "pseudo_label", value: "pos" }],
      annotation_list: [
        {
          annotator: "job_1",
          labels_record: [
            {
              label_name: "sentiment",
              label_level: "record",
              label_value: ["pos"],
              label_metadata_list: [{ name: "conf", value: 0.98 }],
            },
          ],
          labels_span: [
            {
              label_name: "sp",
              label_level: "span",
              label_value: ["pos"],
              start_idx: 2,
              end_idx: 6,
              label_metadata_list: [],
            },
          ],
        },
      ],
    });
    expect(read).toMatchObject({ externalId: "u-1", metadata: { pseudo_label: "pos" } });
    expect(shorts(read)).toEqual(["job_1|sentiment|pos|0.98", "job_1|sp|pos|good"]);
  });
});

describe("CoNLL", () => {
  const [wnut, why] = unless(files.wnut);
  wnut(`every sentence and span of WNUT 17 (${why} when skipped)`, () => {
    const read = conll(text(files.wnut));
    const rows = text(files.wnut).split("\n");
    expect(read.flatMap(({ labels }) => labels)).toHaveLength(rows.filter((row) => /\tB-/.test(row)).length);
    const marked = read.flatMap(({ content, labels }) =>
      labels.map(({ start = 0, end = 0 }) => new TextOffsets(content).slice(start, end)),
    );
    expect(marked.filter((span) => span === "" || span !== span.trim())).toEqual([]);
  });

  const [emerging, whyEmerging] = unless(files.emerging);
  emerging(`its development set (${whyEmerging} when skipped)`, () => {
    const [, second] = conll(text(files.emerging));
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

describe("Tandem", () => {
  it("reads a row of its CSV and of its JSON Lines alike", () => {
    const facts = {
      external_id: "a",
      content: "x",
      annotator_id: "u",
      annotator_kind: "job",
      annotator_name: "Ann",
      label: "t",
      level: "span",
      conf_method: "verbalised",
    };
    const cells = {
      ...facts,
      value: '["[x","y"]',
      start: "0",
      end: "1",
      conf: "0.5",
      metadata: '{"why":"z"}',
    };
    const json = { ...facts, value: ["[x", "y"], start: 0, end: 1, conf: 0.5, metadata: { why: "z" } };
    const camel = Object.fromEntries(
      Object.entries(json).map(([key, value]) => [
        key.replaceAll(/_([a-z])/g, (_, a: string) => a.toUpperCase()),
        value,
      ]),
    );
    expect(item("tandem", cells)).toEqual(item("tandem", camel));
    expect(item("tandem", cells).labels).toEqual([
      {
        label: "t",
        level: "span",
        value: ["[x", "y"],
        start: 0,
        end: 1,
        conf: 0.5,
        annotator: "Ann",
        annotatorId: "u",
        machine: true,
        confMethod: "verbalised",
        metadata: { why: "z" },
      },
    ]);
  });
});
