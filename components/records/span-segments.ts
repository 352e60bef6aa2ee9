/** A span as labels hold it: code points, end exclusive. */
export type Span = { id: string; start: number; end: number };
/** A piece of a text that the same spans cover. */
export type Segment<One extends Span> = { at: number; text: string; spans: One[] };

/** A text cut where spans begin and end; spans may overlap. */
export function segmentsOf<One extends Span>(text: string, spans: readonly One[]): Segment<One>[] {
  const points = Array.from(text);
  const inside = spans.filter(({ start, end }) => start < end && start < points.length);
  const cuts = [
    0,
    points.length,
    ...inside.flatMap(({ start, end }) => [start, Math.min(end, points.length)]),
  ];
  const sorted = [...new Set(cuts)].sort((one, other) => one - other);
  return sorted.slice(0, -1).map((at, index) => {
    const end = sorted[index + 1] ?? at;
    return {
      at,
      text: points.slice(at, end).join(""),
      spans: inside.filter((span) => span.start <= at && span.end >= end),
    };
  });
}

/** The words of a span. */
export const spanText = (text: string, { start, end }: Pick<Span, "start" | "end">): string =>
  Array.from(text).slice(start, end).join("");
