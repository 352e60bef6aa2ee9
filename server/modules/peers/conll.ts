/*
 * CoNLL: one token a line, the tag in the last column, an empty line after each sentence; columns by tab or blanks
 * (CoNLL-2003, https://www.clips.uantwerpen.be/conll2003/ner/). Comments and names of columns as in CoNLL-U Plus:
 * https://universaldependencies.org/ext-format.html (`# global.columns`, `# text = `).
 */
import type { JsonValue } from "@/contracts/common";
import { TextOffsets } from "@/contracts/text-offsets";
import { byAnnotator } from "./group-labels";
import { isObject, listOf } from "./json-access";
import type { ParsedItems, PeerFileFormat, PeerLabel, WrittenLabel } from "./peer-item";
import { IOB2, readTags, tagTokens, tokenize, withoutOverlaps } from "./tokens";

/**
 * A sentence as it stands in the file, with the names of the file's columns when it gave them. `cut` when it is too
 * long to be one: some of it is left out.
 */
export type ConllBlock = { line: number; lines: string[]; columns: string[] | null; cut: boolean };

/** Lines of a sentence, more than the longest text has characters; and UTF-16 units, with room for many columns. */
const MAX_BLOCK_LINES = 110_000;
const MAX_BLOCK_UNITS = 20_000_000;

/** Splits a file into sentences, in pieces of any size and in the memory of one. Document marks are no sentences. */
export class ConllReader {
  private rest = "";
  private line = 0;
  private columns: string[] | null = null;
  private block: ConllBlock | null = null;
  private units = 0;
  private cut = false;

  *push(text: string): Generator<ConllBlock> {
    let from = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", from)) {
      this.keep(text.slice(from, end));
      from = end + 1;
      yield* this.take();
    }
    this.keep(text.slice(from));
  }

  *end(): Generator<ConllBlock> {
    yield* this.take();
    yield* this.take();
  }

  private keep(piece: string): void {
    // At least the `\r` of an empty line, which ends a sentence of any length.
    const room = Math.max(MAX_BLOCK_UNITS - this.units, this.rest === "" ? 1 : 0);
    if (piece.length > room) this.cut = true;
    this.rest += piece.slice(0, room);
    this.units += Math.min(piece.length, room);
  }

  private *take(): Generator<ConllBlock> {
    this.line += 1;
    const line = this.rest.replace(/\r$/, "");
    this.rest = "";
    const names = /^#\s*global\.columns\s*=\s*(.+)$/.exec(line)?.[1];
    if (names !== undefined) this.columns = names.trim().split(/\s+/).map(readName);
    else if (this.cut || (line.trim() !== "" && !line.startsWith("-DOCSTART-"))) this.add(line);
    else {
      const { block } = this;
      this.block = null;
      this.units = 0;
      if (block && (block.cut || block.lines.some((one) => !isComment(one)))) yield block;
    }
    this.cut = false;
  }

  private add(line: string): void {
    this.block ??= { line: this.line, lines: [], columns: this.columns, cut: false };
    if (this.cut || this.block.lines.length >= MAX_BLOCK_LINES) this.block.cut = true;
    else this.block.lines.push(line);
  }
}

/** A comment has its own form, since a tweet's first token may be `#` too. */
const COMMENT = /^# ?(newdoc|newpar|[\w.]+ =)/;
const isComment = (line: string): boolean => COMMENT.test(line);

/**
 * One sentence. Without a comment `text` its tokens are joined by single blanks. Columns whose tags are of the form
 * `B-name` are span labels: named when the file names its columns, else only the last.
 */
export function parseConll(value: JsonValue): ParsedItems {
  if (!isObject(value)) return [{ problem: "A sentence has lines of tokens." }];
  const lines = listOf(value.lines).filter((line) => typeof line === "string");
  const columns = Array.isArray(value.columns) ? value.columns.map(String) : null;
  const comments = new Map(
    lines.filter(isComment).flatMap((line) => {
      const [, key, value] = /^# ?([\w.]+) = ?(.*)$/s.exec(line) ?? [];
      return key === undefined ? [] : [[key, value ?? ""] as const];
    }),
  );
  const rows = lines
    .filter((line) => !isComment(line))
    .map((line) => (line.includes("\t") ? line.split("\t") : line.trim().split(/ +/)));
  const width = Math.max(...rows.map((row) => row.length));
  const form = Math.max(columns?.indexOf("FORM") ?? 0, 0);
  const ragged = rows.findIndex((row) => row.length !== width);
  if (width < 2 || ragged >= 0)
    return [
      {
        problem: `Each line needs a token and a tag: "${lines[Math.max(ragged, 0)]?.slice(0, 60)}" differs.`,
      },
    ];
  const { content, places } = placeTokens(
    rows.map((row) => row[form] ?? ""),
    readText(comments.get("text")),
  );
  const annotator = comments.get("annotator");
  const tagged = columns ? columns.map((name, at) => ({ name, at })).filter(({ at }) => at !== form) : [];
  const labels = (columns ? tagged : [{ name: null, at: width - 1 }]).flatMap(({ name, at }): PeerLabel[] =>
    readTags(rows.map((row) => row[at] ?? "O")).map(({ first, last, option }) => ({
      annotator: readText(annotator) || undefined,
      label: name,
      level: "span",
      value: [option],
      start: places[first]?.start ?? 0,
      end: places[last]?.end ?? 0,
    })),
  );
  const id = readText(comments.get("sent_id") ?? comments.get("id"));
  const left = !columns && width > 2 ? ["columns between the token and the last tag"] : [];
  return [{ externalId: id || undefined, content, metadata: {}, labels, left }];
}

/** Where each token stands in the text, when all of them do in their order; else in a text of the tokens and blanks. */
function placeTokens(tokens: readonly string[], text: string | undefined) {
  const content = text !== undefined && findAll(tokens, text) ? text : tokens.join(" ");
  const offsets = new TextOffsets(content);
  const places = (findAll(tokens, content) ?? []).map((unit, at) => ({
    start: offsets.fromUtf16(unit) ?? 0,
    end: offsets.fromUtf16(unit + (tokens[at]?.length ?? 0)) ?? 0,
  }));
  return { content, places };
}

function findAll(tokens: readonly string[], text: string): number[] | undefined {
  const found: number[] = [];
  let from = 0;
  for (const token of tokens) {
    const at = text.indexOf(token, from);
    if (at < 0) return undefined;
    found.push(at);
    from = at + token.length;
  }
  return found;
}

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r" };
const writeText = (text: string): string => text.replaceAll(/[\\\n\r]/g, (unit) => ESCAPES[unit] ?? unit);
const readText = (text: string | undefined): string | undefined =>
  text?.replaceAll(/\\([\\nr])/g, (_, unit: string) => (unit === "n" ? "\n" : unit === "r" ? "\r" : "\\"));
const writeName = (name: string): string => name.replaceAll(/[%\s]/g, encodeURIComponent);
const readName = (name: string): string =>
  name.replaceAll(/(?:%[0-9A-F]{2})+/g, (code) => {
    try {
      return decodeURIComponent(code);
    } catch {
      // Somebody else's name that merely holds a percent sign.
      return code;
    }
  });

/** A sentence for each annotator of a record, with a column of IOB2 tags for each span label. */
export const conllFile: PeerFileFormat = {
  extension: "conll",
  contentType: "text/plain; charset=utf-8",
  losses: [
    "Labels of whole records, metadata and confidence are left out.",
    "Of spans of one label that overlap, and of several options on one span, the first is kept.",
    "Spans of white space alone are left out.",
  ],
  open: (labels) => {
    const names = labels.filter(({ level }) => level === "span").map(({ name }) => name);
    return {
      head: `# global.columns = ${["FORM", ...names.map(writeName)].join(" ")}\n`,
      write: ({ externalId, content, labels: given }) => {
        const spans = given.filter(({ level }) => level === "span");
        const groups = spans.length > 0 ? byAnnotator(spans) : [{ annotator: null, labels: [] }];
        return groups
          .map(({ annotator, labels: own }) => {
            const facts = [
              `# sent_id = ${writeText(externalId)}`,
              `# text = ${writeText(content)}`,
              ...(annotator ? [`# annotator = ${writeText(annotator.name)}`] : []),
            ];
            return `${[...facts, ...tokenLines(content, own, names)].join("\n")}\n\n`;
          })
          .join("");
      },
      end: () => "",
    };
  },
};

function tokenLines(content: string, labels: readonly WrittenLabel[], names: readonly string[]): string[] {
  const kept = names.map((name) => {
    const spans = labels
      .filter(({ label }) => label === name)
      .map(({ value, start = 0, end = 0 }) => ({ value, start, end }));
    return withoutOverlaps(spans).kept;
  });
  const { tokens } = tokenize(
    content,
    kept.flat().flatMap(({ start, end }) => [start, end]),
  );
  const columns = kept.map((spans) => tagTokens(tokens, spans, IOB2));
  return tokens.map((token, at) => [token.text, ...columns.map((tags) => tags[at] ?? "O")].join("\t"));
}
