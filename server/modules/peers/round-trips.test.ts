import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "@/contracts/common";
import type { LabelDefinition } from "@/contracts/label-schema";
import { TextOffsets } from "@/contracts/text-offsets";
import {
  ConllReader,
  type PeerItem,
  type PeerLabel,
  parsePeer,
  peerFiles,
  type WrittenLabel,
  type WrittenRecord,
} from ".";
import { parseConll } from "./conll";

const options = ["pos", "very neg", "ß🙂"].map((value) => ({ value, text: value }));
const mood: LabelDefinition = { name: "mood", level: "record", multi: true, options };
const topic: LabelDefinition = { name: "topic of it", level: "record", options };
const parts: LabelDefinition = { name: "parts", level: "span", options };
const names: LabelDefinition = { name: "named 100%", level: "span", options };

const people: WrittenLabel["annotator"][] = [
  { id: "0198c0de-0000-7000-8000-000000000001", name: "Ann", kind: "user" },
  { id: "0198c0de-0000-7000-8000-000000000002", name: "Zoë 王", kind: "imported" },
  { id: "0198c0de-0000-7000-8000-000000000003", name: "gpt-test", kind: "job" },
];

// Emoji, a family of joined emoji, combining marks, right-to-left, line ends, tabs, what each format uses as syntax.
const piece = fc.constantFrom(
  ..."ab9 .#\t\n\\\"'-_,[]{}%",
  "é",
  "e\u0301",
  "🙂",
  "👨‍👩‍👧",
  "שלום",
  "مرحبا",
  "中",
  "\r\n",
  "  ",
  "# text = ",
  "O",
);
const content = fc.array(piece, { minLength: 1, maxLength: 12 }).map((pieces) => pieces.join(""));
const someOptions = fc.uniqueArray(fc.constantFrom(...options.map(({ value }) => value)), { minLength: 1 });
const metadata = fc.dictionary(
  fc.oneof(
    fc.string({ minLength: 1, maxLength: 5 }),
    fc.constantFrom("id", "text", "label", "input", "metadata.id"),
  ),
  fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant<JsonValue>([1, { a: "b" }])),
  { maxKeys: 3, noNullPrototype: true },
);

/** How much of a record a format can hold. */
type Room = {
  labels: readonly LabelDefinition[];
  annotators?: readonly WrittenLabel["annotator"][];
  oneOption?: boolean;
  overlaps?: boolean;
  metadata?: boolean;
  conf?: boolean;
};

const spansIn = (text: string, overlaps: boolean) => {
  const offsets = new TextOffsets(text);
  const { length } = offsets;
  const place = fc
    .tuple(fc.nat({ max: length - 1 }), fc.nat({ max: length - 1 }))
    .map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) + 1 }));
  const key = ({ start, end }: { start: number; end: number }) => `${start}-${end}`;
  const found = fc.uniqueArray(place, { maxLength: 3, selector: key });
  if (overlaps) return found;
  return found.map((spans) => {
    const kept: typeof spans = [];
    for (const span of [...spans].sort((a, b) => a.start - b.start)) {
      const inside = offsets.slice(span.start, span.end);
      if (span.start >= (kept.at(-1)?.end ?? 0) && inside === inside.trim()) kept.push(span);
    }
    return kept;
  });
};

const recordOf = ({
  labels,
  annotators = people,
  oneOption = false,
  overlaps = true,
  conf = false,
  ...room
}: Room): fc.Arbitrary<WrittenRecord> =>
  fc
    .tuple(content, fc.string({ minLength: 1, maxLength: 8 }), metadata)
    .chain(([text, externalId, facts]) => {
      const chosen = oneOption ? someOptions.map(([first = ""]) => [first]) : someOptions;
      const score = conf ? fc.option(fc.double({ min: 0, max: 1, noNaN: true })) : fc.constant(null);
      const one = (definition: LabelDefinition, annotator: WrittenLabel["annotator"]) => {
        const base = { annotator, label: definition.name, level: definition.level };
        const value =
          definition.multi || definition.level === "span" ? chosen : chosen.map(([first = ""]) => [first]);
        if (definition.level === "record")
          return fc
            .option(fc.tuple(value, score))
            .map((given) => (given ? [{ ...base, value: given[0], conf: given[1] }] : []));
        return spansIn(text, overlaps).chain((spans) =>
          fc.tuple(
            ...spans.map((span) =>
              fc.tuple(value, score).map(([v, c]) => ({ ...base, ...span, value: v, conf: c })),
            ),
          ),
        );
      };
      return fc
        .tuple(...annotators.flatMap((annotator) => labels.map((definition) => one(definition, annotator))))
        .map((lists) => ({
          externalId: externalId.replaceAll(/[^\P{Cc}]/gu, "x").trim() || "x",
          content: text,
          metadata: room.metadata === false ? {} : facts,
          labels: lists.flat(),
        }));
    });

type Plain = { externalId: string | undefined; content: string; metadata: unknown; labels: string[] };

const plainLabel = (
  {
    label,
    level,
    value,
    start,
    end,
  }: Omit<PeerLabel, "annotator" | "value" | "conf"> & { value: readonly string[] },
  annotator: string | undefined,
  conf: number | null | undefined,
): string =>
  JSON.stringify([
    annotator ?? null,
    label,
    level,
    [...value].sort(),
    start ?? null,
    end ?? null,
    conf ?? null,
  ]);

const plainWritten = (
  { externalId, content: text, metadata: facts, labels }: WrittenRecord,
  who: (label: WrittenLabel) => string | undefined,
  naming: (name: string) => string | null = (name) => name,
): Plain => ({
  externalId,
  content: text,
  metadata: facts,
  labels: labels
    .map((label) => plainLabel({ ...label, label: naming(label.label) }, who(label), label.conf))
    .sort(),
});

/** Items of one record put together again. */
function together(items: readonly PeerItem[]): Plain[] {
  const found = new Map<string, Plain>();
  for (const { externalId, content: text, metadata: facts, labels } of items) {
    const key = JSON.stringify([externalId, text]);
    const known = found.get(key) ?? { externalId, content: text, metadata: facts, labels: [] };
    known.labels = [
      ...known.labels,
      ...labels.map((label) => plainLabel(label, label.annotator, label.conf)),
    ].sort();
    found.set(key, known);
  }
  return [...found.values()];
}

const nameOf = ({ annotator }: WrittenLabel) => annotator?.name;
const unnamed = () => null;
const written = (
  format: keyof typeof peerFiles,
  labels: readonly LabelDefinition[],
  records: readonly WrittenRecord[],
) => {
  const file = peerFiles[format].open(labels);
  return file.head + records.map((record) => file.write(record)).join("") + file.end();
};
const items = (parsed: ReturnType<typeof parsePeer>): PeerItem[] =>
  parsed.map((one) => {
    if ("problem" in one) throw new Error(one.problem);
    return one;
  });
const linesOf = (text: string): unknown[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
const distinct = (records: fc.Arbitrary<WrittenRecord>) =>
  fc.uniqueArray(records, { maxLength: 4, selector: ({ externalId }) => externalId });

describe("what is written is read again", () => {
  it("Label Studio: names, annotators, spans that overlap, confidence, metadata", () => {
    const labels = [mood, topic, parts, names];
    fc.assert(
      fc.property(distinct(recordOf({ labels, conf: true })), (records) => {
        const tasks = JSON.parse(written("labelstudio", labels, records));
        const read = tasks.flatMap((task: never) => items(parsePeer("labelstudio", task)));
        expect(together(read)).toEqual(records.map((record) => plainWritten(record, nameOf)));
      }),
    );
  });

  it("Argilla: names, one job's labels, people by id", () => {
    const labels = [mood, topic, parts, names];
    fc.assert(
      fc.property(distinct(recordOf({ labels })), (records) => {
        const read = JSON.parse(written("argilla", labels, records)).flatMap((one: never) =>
          items(parsePeer("argilla", one)),
        );
        const who = ({ annotator }: WrittenLabel) =>
          annotator?.kind === "job" ? annotator.name : annotator?.id;
        expect(together(read)).toEqual(records.map((record) => plainWritten(record, who)));
      }),
    );
  });

  it.each([
    ["texts", [mood]],
    ["spans", [parts]],
    ["both", [mood, parts]],
  ])("doccano, labels of %s: annotators, metadata", (_what, labels) => {
    fc.assert(
      fc.property(distinct(recordOf({ labels })), (records) => {
        const read = linesOf(written("doccano", labels, records)).flatMap((line) =>
          items(parsePeer("doccano", line as never)),
        );
        expect(together(read)).toEqual(records.map((record) => plainWritten(record, nameOf, unnamed)));
      }),
    );
  });

  it("spaCy: one label of each level, spans that overlap, annotators, metadata", () => {
    const labels = [mood, parts];
    fc.assert(
      fc.property(distinct(recordOf({ labels })), (records) => {
        const read = JSON.parse(written("spacy", labels, records)).flatMap((one: never) =>
          items(parsePeer("spacy", one)),
        );
        expect(together(read)).toEqual(records.map((record) => plainWritten(record, nameOf, unnamed)));
      }),
    );
  });

  it("spaCy: tokens give the text again, and their tags the spans", () => {
    const room = { labels: [parts], annotators: people.slice(0, 1), oneOption: true, overlaps: false };
    fc.assert(
      fc.property(recordOf(room), (record) => {
        const [document] = JSON.parse(written("spacy", [parts], [record]));
        const [paragraph] = document.paragraphs;
        const tokens: { orth: string; space: string }[] = paragraph.sentences[0].tokens;
        expect(tokens.map(({ orth, space }) => orth + space).join("")).toBe(record.content);
        const byTags = { ...document, paragraphs: [{ ...paragraph, entities: [] }] };
        expect(together(items(parsePeer("spacy", byTags)))).toEqual([plainWritten(record, nameOf, unnamed)]);
      }),
    );
  });

  it("CoNLL: spans by name, annotators, the text to the last blank", () => {
    const labels = [parts, names];
    fc.assert(
      fc.property(
        distinct(recordOf({ labels, oneOption: true, overlaps: false, metadata: false })),
        fc.integer({ min: 1, max: 40 }),
        (records, step) => {
          const withTokens = records.filter((record) => record.content.trim() !== "");
          const text = written("conll", labels, withTokens);
          const reader = new ConllReader();
          const blocks = [];
          for (let at = 0; at < text.length; at += step)
            blocks.push(...reader.push(text.slice(at, at + step)));
          blocks.push(...reader.end());
          const read = blocks.flatMap((block) => items(parseConll(block)));
          expect(together(read)).toEqual(withTokens.map((record) => plainWritten(record, nameOf)));
        },
      ),
    );
  });

  it("OpenAI Evals: the text and one label", () => {
    const room = { labels: [mood], annotators: people.slice(0, 1) };
    fc.assert(
      fc.property(distinct(recordOf(room)), (records) => {
        const read = linesOf(written("openai-evals", [mood], records)).flatMap((line) =>
          items(parsePeer("openai-evals", line as never)),
        );
        const labelled = records.filter((record) => record.labels.length > 0);
        expect(together(read)).toEqual(
          labelled.map((record) => plainWritten(record, () => undefined, unnamed)),
        );
      }),
    );
  });

  it.each(["doccano", "spacy", "openai-evals"] as const)(
    "%s refuses more labels than it holds, by name",
    (format) => {
      expect(() => peerFiles[format].open([mood, topic])).toThrow(/mood, topic.*label=/);
    },
  );
});

describe("an empty file", () => {
  it.each([
    ["labelstudio", "[]\n"],
    ["argilla", "[]\n"],
    ["spacy", "[]\n"],
    ["doccano", ""],
    ["conll", "# global.columns = FORM parts\n"],
  ] as const)("of %s is one still", (format, text) => {
    expect(written(format, [parts], [])).toBe(text);
  });
});

describe("reading", () => {
  const anything = fc.oneof(
    fc.json().map((text) => JSON.parse(text)),
    fc
      .record({
        data: fc.anything(),
        text: fc.oneof(fc.string(), fc.anything()),
        annotations: fc.array(
          fc.record({
            result: fc.array(fc.record({ type: fc.constantFrom("labels", "choices"), value: fc.anything() })),
          }),
        ),
        entities: fc.anything(),
        label: fc.anything(),
        responses: fc.anything(),
        suggestions: fc.anything(),
        paragraphs: fc.anything(),
        annotation_list: fc.anything(),
      })
      .map((value) =>
        JSON.parse(
          JSON.stringify(value, (_key, one) => (typeof one === "bigint" ? String(one) : one)) ?? "null",
        ),
      ),
  );
  it.each(["labelstudio", "doccano", "argilla", "openai-evals", "meganno", "spacy", "tandem"] as const)(
    "%s never throws, whatever an item holds",
    (format) => {
      fc.assert(
        fc.property(anything, (value) => {
          for (const one of parsePeer(format, value))
            if ("problem" in one) expect(one.problem).toMatch(/\w/);
            else expect(one.content).not.toBe("");
        }),
      );
    },
  );
});
