import type { LabelDefinition } from "@/contracts/label-schema";
import type { Range } from "../answers/characters";
import { type Alignment, type AlignmentProblem, alignSpans } from "./align-spans";
import { type ClaimProblem, type ReadClaim, readSpanClaims } from "./read-span-claims";

/** A span that an answer names, at its place in the text: code points, end exclusive. */
export type ReadSpan = {
  start: number;
  end: number;
  /** Option values: one, unless the label is multi-select. */
  value: string[];
  /** How the quote was found; `score` is 1 unless it was wrong somewhere. */
  method: Extract<Alignment, { ok: true }>["method"];
  score: number;
  /** Place of the value in the raw answer, UTF-16; empty where its option stands elsewhere. */
  range: Range;
};

type SpanProblem = ClaimProblem | AlignmentProblem | "two_options";
/** `reason` is the first thing that could not be read or found; the spans beside it are sure. */
export type SpanAnswer = { spans: ReadSpan[]; reason: SpanProblem | null };

/**
 * Reads the labels of spans from a raw answer and finds their places in the record's text. No span is a good answer,
 * if its list says so. Spans may overlap; the same one twice is one, and with two options that exclude each other none.
 *
 * @param labels all labels that the prompt asked for
 * @param text the record's text that the prompt showed
 * @returns an entry for each label of spans, by name
 */
export function readSpans(
  raw: string,
  labels: readonly LabelDefinition[],
  text: string,
): Record<string, SpanAnswer> {
  const claims = readSpanClaims(raw, labels);
  return Object.fromEntries(
    labels.flatMap((label) => {
      const read = claims[label.name];
      return read ? [[label.name, placeClaims(read.claims, read.problem, label, text)]] : [];
    }),
  );
}

function placeClaims(
  claims: ReadClaim[],
  problem: ClaimProblem | null,
  { multi, options }: LabelDefinition,
  text: string,
): SpanAnswer {
  let reason: SpanProblem | null = problem;
  const placed = new Map<string, ReadSpan>();
  const refused = new Set<string>();
  for (const [at, alignment] of alignSpans(text, claims).entries()) {
    const claim = claims[at];
    if (!claim || !alignment.ok) {
      reason ??= alignment.ok ? null : alignment.reason;
      continue;
    }
    const { start, end, method, score } = alignment;
    const key = `${start} ${end}`;
    const other = placed.get(key);
    const values = new Set([...claim.value, ...(other?.value ?? [])]);
    const value = options.flatMap((option) => (values.has(option.value) ? [option.value] : []));
    if (value.length > 1 && !multi) {
      refused.add(key);
      reason ??= "two_options";
    }
    placed.set(key, other ? { ...other, value } : { start, end, value, method, score, range: claim.range });
  }
  const spans = [...placed].flatMap(([key, span]) => (refused.has(key) ? [] : [span]));
  return { spans: spans.sort((a, b) => a.start - b.start || a.end - b.end), reason };
}
