/*
 * spaCy, JSON that `python -m spacy convert --converter json` makes a DocBin of: https://spacy.io/api/data-formats
 * (training format with `paragraphs`). Read are also `{text, entities, cats}` of its `Example.from_dict`,
 * `Doc.to_json()` (`ents`, `spans`) and Prodigy's `spans`. A DocBin itself is Python's own.
 * Offsets are code points.
 */
import type { JsonValue } from "@/contracts/common";
import { TextOffsets } from "@/contracts/text-offsets";
import { byAnnotator, mergeSpans, onlyLabel } from "./group-labels";
import { entryOf, isObject, listOf, numberOf, objectsOf, textOf } from "./json-access";
import { arrayWriter } from "./json-files";
import type {
  JsonObject,
  ParsedItems,
  ParseOptions,
  PeerFileFormat,
  PeerLabel,
  WrittenLabel,
} from "./peer-item";
import { BILUO, readTags, type Token, type Tokens, tagTokens, tokenize, withoutOverlaps } from "./tokens";

/** A document. One of several paragraphs is several items. */
export function parseSpacy(value: JsonValue, options: ParseOptions = {}): ParsedItems {
  if (!isObject(value))
    return [{ problem: 'A document of spaCy is {"text": …, "entities": …} or has "paragraphs".' }];
  if (!Array.isArray(value.paragraphs)) return [readFacts(value, textOf(value.id), options)];
  const paragraphs = objectsOf(value.paragraphs);
  const id = textOf(value.id);
  return paragraphs.map((paragraph, at) =>
    readParagraph(paragraph, value, paragraphs.length > 1 && id !== undefined ? `${id}.${at + 1}` : id),
  );
}

function readFacts(facts: JsonObject, id: string | undefined, options: ParseOptions) {
  const content = textOf(entryOf(facts, options.content ?? "text"));
  if (content === undefined) return { problem: 'The document has no "text".' };
  const groups = isObject(facts.spans) ? Object.entries(facts.spans) : [];
  const lists = [facts.entities, facts.ents, Array.isArray(facts.spans) ? facts.spans : undefined];
  const spans = [
    ...lists.flatMap((list) => listOf(list).map((one) => readSpan(one, null))),
    ...groups.flatMap(([name, list]) => listOf(list).map((one) => readSpan(one, name))),
  ];
  if (spans.some((span) => span === undefined))
    return { problem: "An entity is neither [start, end, label] nor an object of those." };
  const externalId = options.id === undefined ? id : textOf(entryOf(facts, options.id));
  return item(externalId, content, facts, [
    ...spans.filter((span) => span !== undefined),
    ...readCats(facts.cats),
  ]);
}

function readSpan(given: JsonValue, label: string | null): PeerLabel | undefined {
  const [from, to, name] = isObject(given) ? [given.start, given.end, given.label] : listOf(given);
  const [start, end, option] = [numberOf(from), numberOf(to), textOf(name)];
  if (start === undefined || end === undefined || option === undefined) return undefined;
  return { label, level: "span", value: [option], start, end };
}

/** Categories with a value over one half hold: `{name: 1.0}` or `[{label, value}]`. */
function readCats(cats: JsonValue | undefined): PeerLabel[] {
  const pairs = isObject(cats)
    ? Object.entries(cats)
    : objectsOf(cats).map(({ label, value }) => [textOf(label) ?? "", value] as const);
  const held = pairs
    .filter(([, value]) => value === true || (numberOf(value) ?? 0) > 0.5)
    .map(([name]) => name);
  return held.length > 0 ? [{ label: null, level: "record", value: held }] : [];
}

function readParagraph(paragraph: JsonObject, document: JsonObject, id: string | undefined) {
  const tokens = objectsOf(paragraph.sentences).flatMap((sentence) => objectsOf(sentence.tokens));
  const words = tokens.map(({ orth }) => textOf(orth) ?? "");
  const spaced = tokens
    .map(({ orth, space }) => `${textOf(orth) ?? ""}${typeof space === "string" ? space : " "}`)
    .join("");
  const content = textOf(paragraph.raw) ?? textOf(spaced.trim());
  if (content === undefined) return { problem: "A paragraph has neither a text nor tokens." };
  const tags = tokens.map(({ ner }) => textOf(ner) ?? "O");
  const whole = listOf(paragraph.entities).map((one) => readSpan(one, null));
  const spans = whole.length > 0 ? whole : spansOfTags(words, tags, content);
  if (!spans || spans.some((span) => span === undefined))
    return { problem: "The tokens of a paragraph are not those of its text, or an entity has no place." };
  return item(id, content, document, [
    ...spans.filter((span) => span !== undefined),
    ...readCats(paragraph.cats),
  ]);
}

function spansOfTags(
  words: readonly string[],
  tags: readonly string[],
  content: string,
): PeerLabel[] | undefined {
  const offsets = new TextOffsets(content);
  const places: { start: number; end: number }[] = [];
  let from = 0;
  for (const word of words) {
    const at = content.indexOf(word, from);
    if (at < 0) return undefined;
    from = at + word.length;
    places.push({ start: offsets.fromUtf16(at) ?? 0, end: offsets.fromUtf16(from) ?? 0 });
  }
  return readTags(tags).map(({ first, last, option }) => ({
    label: null,
    level: "span",
    value: [option],
    start: places[first]?.start ?? 0,
    end: places[last]?.end ?? 0,
  }));
}

function item(
  externalId: string | undefined,
  content: string,
  { annotator, meta }: JsonObject,
  labels: PeerLabel[],
) {
  const name = textOf(annotator);
  return {
    externalId,
    content,
    metadata: isObject(meta) ? meta : {},
    labels: mergeSpans(labels).map((label) => ({ ...label, annotator: name })),
    left: [],
  };
}

/** A document of one paragraph for each annotator of a record. */
export const spacyFile: PeerFileFormat = {
  extension: "json",
  contentType: "application/json; charset=utf-8",
  losses: [
    "spaCy has no names of labels: one file holds one record label and one span label.",
    'Of spans that overlap, and of several options on one span, the first is a tag of the tokens; "entities" has all.',
    "Confidence is left out; id, annotator and metadata stand beside, and spaCy doesn't read them.",
  ],
  open: (labels) => {
    const record = onlyLabel(labels, "record", "spaCy");
    onlyLabel(labels, "span", "spaCy");
    const options = record?.options.map(({ value }) => value) ?? [];
    const file = arrayWriter();
    return {
      head: file.head,
      write: ({ externalId, content, metadata, labels: given }) => {
        const groups = given.length > 0 ? byAnnotator(given) : [{ annotator: null, labels: [] }];
        return groups
          .map(({ annotator, labels: own }) =>
            file.element({
              id: externalId,
              ...(annotator ? { annotator: annotator.name } : {}),
              ...(Object.keys(metadata).length > 0 ? { meta: metadata } : {}),
              paragraphs: [toParagraph(content, own, options)],
            }),
          )
          .join("");
      },
      end: file.end,
    };
  },
};

function toParagraph(
  content: string,
  labels: readonly WrittenLabel[],
  options: readonly string[],
): JsonObject {
  const spans = labels
    .filter(({ level }) => level === "span")
    .map(({ value, start = 0, end = 0 }) => ({ value, start, end }));
  const { kept } = withoutOverlaps(spans);
  const borders = kept.flatMap(({ start, end }) => [start, end]);
  const tokens = withWhiteSpace(tokenize(content, borders));
  const tags = tagTokens(tokens, kept, BILUO);
  const chosen = labels.find(({ level }) => level === "record")?.value;
  return {
    raw: content,
    entities: spans.flatMap(({ value, start, end }) => value.map((option) => [start, end, option])),
    cats: chosen ? options.map((label) => ({ label, value: chosen.includes(label) ? 1 : 0 })) : [],
    sentences: [
      {
        tokens: tokens.map(({ text, space }, id) => ({ id, orth: text, space, ner: tags[id] ?? "O" })),
        brackets: [],
      },
    ],
  };
}

/** spaCy keeps one blank with its token; any other white space is a token. */
function withWhiteSpace({ before, tokens }: Tokens): Token[] {
  const white = (text: string, start: number): Token[] =>
    text === "" ? [] : [{ text, start, end: start + text.length, space: "" }];
  return [
    ...white(before, 0),
    ...tokens.flatMap((token) => {
      const joined = token.space.startsWith(" ") ? " " : "";
      return [
        { ...token, space: joined },
        ...white(token.space.slice(joined.length), token.end + joined.length),
      ];
    }),
  ];
}
