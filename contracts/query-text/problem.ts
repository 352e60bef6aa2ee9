/** A wrong place in a query's text, for a person: what is wrong and what would be right. */
export type QueryTextProblem = {
  /** Where it begins, in UTF-16 units, as a text field counts. */
  at: number;
  /** How much of the text it is about; 0 where something is missing. */
  length: number;
  /** The same place for people: characters of the text before it, and one. */
  column: number;
  message: string;
};

/** Ends the reading of a text at its first wrong place. */
export class WrongText extends Error {
  constructor(
    readonly at: number,
    readonly length: number,
    message: string,
  ) {
    super(message);
  }
}

/** A place in a text as a person is told of it. */
export function problemAt(text: string, at: number, length: number, message: string): QueryTextProblem {
  return { at, length, column: Array.from(text.slice(0, at)).length + 1, message };
}
