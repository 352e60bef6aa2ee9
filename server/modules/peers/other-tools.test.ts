import { describe, expect, it } from "vitest";
import { item, jsonLines, ofFile, problem, shorts } from "./testing/read-samples";

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
  ofFile("peer-formats/openai-evals-match.jsonl", "a registry's samples", (text) => {
    const read = jsonLines(text).map((line) => item("openai-evals", line));
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
