/** A token that could have stood at a place, with its conditional probability given what stands before. */
export type Alternative = { text: string; probability: number };

/** A token of an answer. `alternatives` hold the chosen one too, the likeliest first. */
export type AnswerToken = Alternative & { alternatives: readonly Alternative[] };

/** Words and numbers take the space before them along, as in the tokenisers of large models. */
const CHUNK = / ?\p{L}[\p{L}\p{M}]*| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+/gu;
const LONGEST_PIECE = 6;

/** Cuts a text into tokens of at most six characters (and a leading space); joined they are the text. */
export function tokenise(text: string): string[] {
  return (text.match(CHUNK) ?? []).flatMap(splitChunk);
}

function splitChunk(chunk: string): string[] {
  const lead = chunk.startsWith(" ") && chunk.trim() !== "" ? " " : "";
  const characters = Array.from(chunk.slice(lead.length));
  const size = Math.ceil(characters.length / Math.ceil(characters.length / LONGEST_PIECE));
  const count = Math.ceil(characters.length / size);
  return Array.from({ length: count }, (_, at) => {
    const piece = characters.slice(at * size, (at + 1) * size).join("");
    return at === 0 ? lead + piece : piece;
  });
}

/** The tokens of a text that the form of the answer leaves no choice about. */
export function certainTokens(text: string): AnswerToken[] {
  return tokenise(text).map((piece) => certain(piece));
}

/** A token that nothing else could have stood for. */
export function certain(text: string): AnswerToken {
  return { text, probability: 1, alternatives: [{ text, probability: 1 }] };
}
