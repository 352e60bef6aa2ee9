/** Words (with inner apostrophes), numbers, emoji, and the two marks that carry feeling. */
const WORD = /\p{L}[\p{L}\p{M}]*(?:['’]\p{L}+)*|\p{N}+|\p{Extended_Pictographic}|[?!]/gu;

const SHORTEST_GRAM = 2;
const LONGEST_GRAM = 4;

/** The words of a text as the classifier sees them: folded to lower case, every number alike. */
function words(text: string): string[] {
  const folded = text.normalize("NFKC").toLowerCase().replaceAll("’", "'");
  return (folded.match(WORD) ?? []).map((word) => (/^\p{N}/u.test(word) ? "0" : word));
}

/** The distinct words and pairs of neighbouring words of a text, its borders included. */
export function wordFeatures(text: string): Set<string> {
  const found = words(text);
  const features = new Set(found);
  const bordered = ["^", ...found, "$"];
  for (let at = 1; at < bordered.length; at++) features.add(`${bordered[at - 1]} ${bordered[at]}`);
  return features;
}

/** The distinct runs of 2 to 4 characters inside the words of a text, word borders as spaces. */
export function characterFeatures(text: string): Set<string> {
  const features = new Set<string>();
  for (const word of words(text)) {
    const characters = Array.from(` ${word} `);
    for (let length = SHORTEST_GRAM; length <= LONGEST_GRAM; length++) {
      for (let at = 0; at + length <= characters.length; at++) {
        features.add(characters.slice(at, at + length).join(""));
      }
    }
  }
  return features;
}
