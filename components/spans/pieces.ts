import type { TextOffsets } from "@/contracts/text-offsets";
import type { SpanBorders } from "./types";

/** Spans over one place that are drawn; more than these are in the list beside the text only. */
export const MAX_LANES = 6;

type Laid = SpanBorders & { id: string };

/** A span over a piece: how far below the text its line is drawn, and whether it begins or ends with the piece. */
export type Covering<One> = { span: One; lane: number; begins: boolean; ends: boolean };

/** A piece of a text that the same spans cover, outermost first. */
export type Piece<One> = { at: number; text: string; over: Covering<One>[] };

/**
 * Gives each span the nearest line to the text that no span over the same characters has: 0, 1, and so on. Spans
 * without characters, outside of the text, or over `MAX_LANES` others are left out.
 */
export function lanesOf<One extends Laid>(spans: readonly One[], length: number): Map<One, number> {
  const lanes = new Map<One, number>();
  const freeFrom = new Array<number>(MAX_LANES).fill(0);
  for (const span of inOrder(spans)) {
    if (span.start < 0 || span.start >= span.end || span.start >= length) continue;
    const lane = freeFrom.findIndex((from) => from <= span.start);
    if (lane === -1) continue;
    lanes.set(span, lane);
    freeFrom[lane] = span.end;
  }
  return lanes;
}

/** Where they begin, the longer first. */
export function inOrder<One extends Laid>(spans: readonly One[]): One[] {
  return [...spans].sort(
    (one, other) => one.start - other.start || other.end - one.end || (one.id < other.id ? -1 : 1),
  );
}

/** A text cut where spans begin and end; spans may overlap and lie inside one another. */
export function piecesOf<One extends Laid>(offsets: TextOffsets, spans: readonly One[]): Piece<One>[] {
  const { length } = offsets;
  const laid = [...lanesOf(spans, length)].map(([span, lane]) => ({
    span,
    lane,
    end: Math.min(span.end, length),
  }));
  const cuts = [...new Set([0, length, ...laid.flatMap(({ span, end }) => [span.start, end])])].sort(
    (one, other) => one - other,
  );
  const pieces: Piece<One>[] = [];
  let open: typeof laid = [];
  let next = 0;
  for (const [index, at] of cuts.slice(0, -1).entries()) {
    const end = cuts[index + 1] ?? length;
    open = open.filter((one) => one.end > at);
    for (; laid[next]?.span.start === at; next++) open.push(...laid.slice(next, next + 1));
    pieces.push({
      at,
      text: offsets.slice(at, end),
      over: open.map(({ span, lane, end: last }) => ({
        span,
        lane,
        begins: span.start === at,
        ends: last === end,
      })),
    });
  }
  return pieces;
}

/** The span that a click on a piece means: the shortest, and with another click the next longer one. */
export function spanToPick<One extends Laid>(over: readonly One[], selectedId: string | null): One | null {
  const shortestFirst = [...over].sort(
    (one, other) => one.end - one.start - (other.end - other.start) || (one.id < other.id ? -1 : 1),
  );
  const at = shortestFirst.findIndex(({ id }) => id === selectedId);
  return shortestFirst[(at + 1) % Math.max(1, shortestFirst.length)] ?? null;
}
