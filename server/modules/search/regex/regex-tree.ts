import type { CharacterSet } from "./character-sets";

/** A place in the text, without a character of its own. */
export type Anchor = "text start" | "text end" | "line start" | "line end" | "word border" | "no word border";

/** A regular expression without captures and greediness, which say nothing about whether a text matches. */
export type RegexNode =
  | { kind: "set"; set: CharacterSet }
  | { kind: "anchor"; anchor: Anchor }
  | { kind: "sequence"; parts: RegexNode[] }
  | { kind: "choice"; parts: RegexNode[] }
  /** `max` is null when there is no end to it. */
  | { kind: "repeat"; part: RegexNode; min: number; max: number | null };
