const DROPPED = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;
const QUOTES = /[“”„‟«»〝〞＂]/gu;
const PLAIN_APOSTROPHES = new Set(["'", "`"]);
const APOSTROPHES = /[‘’‚‛‹›`´＇]/gu;
const DASHES = /[‐‑‒–—―−]/gu;
const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/** A text without what copying it may change, and where each of its characters came from. */
export type FoldedText = {
  text: string;
  /** Of each UTF-16 unit of `text`: the code points of the grapheme that it came from, end exclusive. */
  starts: number[];
  ends: number[];
};

/**
 * Folds case, Unicode composition, kinds of quotes and dashes, runs of white space; drops invisible characters. Whole
 * graphemes are folded, so that no place can lie inside one.
 */
export function foldText(source: string): FoldedText {
  // Of plain ASCII without line ends of two characters, each character is a grapheme.
  const plain = /^[\t\n\x20-\x7e]*$/.test(source);
  return foldGraphemes(plain ? source : [...graphemes.segment(source)].map(({ segment }) => segment));
}

function foldGraphemes(source: Iterable<string>): FoldedText {
  const starts: number[] = [];
  const ends: number[] = [];
  const parts: string[] = [];
  let at = 0;
  for (const grapheme of source) {
    const end = at + (grapheme.length === 1 ? 1 : [...grapheme].length);
    const folded = foldGrapheme(grapheme);
    if (folded === " " && parts.at(-1) === " ") ends[ends.length - 1] = end;
    else if (folded !== "") {
      parts.push(folded);
      for (let unit = 0; unit < folded.length; unit++) {
        starts.push(at);
        ends.push(end);
      }
    }
    at = end;
  }
  return { text: parts.join(""), starts, ends };
}

function foldGrapheme(grapheme: string): string {
  if (grapheme === " " || /^\s+$/u.test(grapheme)) return " ";
  if (/^[!-~]$/.test(grapheme)) return PLAIN_APOSTROPHES.has(grapheme) ? "'" : grapheme.toLowerCase();
  return grapheme
    .normalize("NFC")
    .replace(DROPPED, "")
    .replace(QUOTES, '"')
    .replace(APOSTROPHES, "'")
    .replace(DASHES, "-")
    .toLowerCase();
}

/** Whether a stretch of the folded text, end exclusive, is made of whole graphemes of the source. */
export function isWhole({ starts, ends }: FoldedText, start: number, end: number): boolean {
  const startsInside = start > 0 && starts[start] === starts[start - 1];
  const endsInside = end < ends.length && ends[end - 1] === ends[end];
  return !startsInside && !endsInside;
}
