import { type CSSProperties, memo } from "react";
import { type Covering, MAX_LANES, type Piece } from "./pieces";
import { lookOfSpan, looksOf, optionWords } from "./span-words";
import { type Tag, tagsOf } from "./tags";
import type { SpanLabel, SpanView } from "./types";

type SpanMarksProps = {
  pieces: readonly Piece<SpanView>[];
  labels: readonly SpanLabel[];
  selectedId: string | null;
};

/** A text with its spans drawn; the text of its nodes is the text and nothing else, so that places can be counted. */
export const SpanMarks = memo(function SpanMarks({ pieces, labels, selectedId }: SpanMarksProps) {
  const shown = new Set(pieces.flatMap(({ over }) => over.map(({ span }) => span)));
  const tags = tagsOf([...shown], (span) => optionWords(labels, span));
  return pieces.map((piece) => (
    <DrawnPiece key={piece.at} piece={piece} labels={labels} tags={tags} selectedId={selectedId} />
  ));
});

type DrawnPieceProps = Omit<SpanMarksProps, "pieces"> & {
  piece: Piece<SpanView>;
  tags: ReadonlyMap<string, Tag>;
};

/** Pieces are made anew with every change; only those that look otherwise are drawn anew. */
const DrawnPiece = memo(function DrawnPiece({ piece, labels, tags, selectedId }: DrawnPieceProps) {
  const { at, text, over } = piece;
  if (over.length === 0) return <span>{text}</span>;
  return <Covered at={at} over={over} text={text} labels={labels} tags={tags} selectedId={selectedId} />;
}, looksSame);

function looksSame(one: DrawnPieceProps, other: DrawnPieceProps): boolean {
  const [before, after] = [one.piece, other.piece];
  return (
    one.labels === other.labels &&
    before.text === after.text &&
    before.over.length === after.over.length &&
    before.over.every((covering, place) => {
      const now = after.over[place];
      const id = covering.span.id;
      return (
        covering.span === now?.span &&
        covering.lane === now.lane &&
        covering.begins === now.begins &&
        covering.ends === now.ends &&
        (one.selectedId === id) === (other.selectedId === id) &&
        one.tags.get(id)?.text === other.tags.get(id)?.text &&
        one.tags.get(id)?.shift === other.tags.get(id)?.shift
      );
    })
  );
}

/** Lines that a text keeps room for: two at least, so that a second span over a word moves nothing. */
export function linesFor(pieces: readonly Piece<SpanView>[]): number {
  let lines = 2;
  for (const { over } of pieces) for (const { lane } of over) lines = Math.max(lines, lane + 1);
  return Math.min(lines, MAX_LANES);
}

type CoveredProps = Omit<SpanMarksProps, "pieces"> & {
  /** Where the piece begins: how a click finds it. */
  at: number;
  /** The marks around the text, outermost first. */
  over: readonly Covering<SpanView>[];
  text: string;
  tags: ReadonlyMap<string, Tag>;
};

function Covered({ at, over, text, labels, tags, selectedId }: CoveredProps) {
  const [outermost, ...inner] = over;
  if (!outermost) return text;
  const { span, lane, begins, ends } = outermost;
  const tag = tags.get(span.id);
  return (
    <mark
      data-at={at}
      data-span={span.id}
      data-option={looksOf(labels, span)[0]?.color ?? 10}
      data-look={lookOfSpan(span)}
      data-begins={begins || undefined}
      data-ends={ends || undefined}
      data-selected={span.id === selectedId || undefined}
      data-tag={begins ? tag?.text : undefined}
      className="span-mark"
      style={{ "--lane": lane, "--shift": tag?.shift ?? 0 } as CSSProperties}
    >
      <Covered at={at} over={inner} text={text} labels={labels} tags={tags} selectedId={selectedId} />
    </mark>
  );
}
