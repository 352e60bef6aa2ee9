import type { SaveState } from "@/components/saving/save-state";
import type { GivenAnswer, Work } from "@/contracts/annotating";
import type { Said, Words } from "./said";

export type AnswerChange = { recordId: string; label: string; words: Words };

/** An answer that did not become what stands. */
export type AnswerNotice = {
  recordId: string;
  label: string;
  /** When mine was given: tells notices apart. */
  at: string;
  mine: Words;
  /** What I answered elsewhere meanwhile and what stands; null: mine can't be written. */
  stands: Words | null;
  message: string | null;
};

export type UndoneAnswers = { kind: "nothing" } | { kind: "done" | "overtaken"; recordIds: string[] };

/** A record's answers before this page first changed them: what the server's figures still count. */
export type TouchedAnswers = ReadonlyMap<string, Words | null>;

/** What a screen needs to show and give answers. */
export type Answers = {
  save: SaveState<GivenAnswer>;
  readOnly: boolean;
  notices: readonly AnswerNotice[];
  dismissNotice(index: number): void;
  answerOf(recordId: string, label: string): Said | null;
  isUnsaved(recordId: string, label: string): boolean;
  /** One act, however many answers; undone as one. @returns how many change anything */
  give(changes: readonly AnswerChange[]): number;
  undo(): UndoneAnswers;
  redo(): UndoneAnswers;
  /** The server's figures of later than the page was opened; null: there are none. */
  progress: Work["progress"] | null;
  touched: TouchedAnswers;
};
