import { MAX_RANGES, type Range } from "./ranges";

/** Lower case by Unicode's simple mapping, one code point for one, as the server folds texts. */
const foldOf = (character: string): string => {
  const [first = character] = character.toLowerCase();
  return first;
};

/** Where the words stand in the text, whatever the case; in time that grows with the text. */
export function exactRanges(text: string, words: string): Range[] {
  const wanted = [...words].map(foldOf).join("");
  if (wanted === "") return [];
  /** Where each unit of the folded text comes from. */
  const origins: number[] = [];
  let folded = "";
  let place = 0;
  for (const character of text) {
    const fold = foldOf(character);
    for (let unit = 0; unit < fold.length; unit++) origins.push(place);
    folded += fold;
    place += character.length;
  }
  origins.push(place);
  const ranges: Range[] = [];
  for (let at = folded.indexOf(wanted); at >= 0 && ranges.length < MAX_RANGES; ) {
    const end = at + wanted.length;
    ranges.push({ start: origins[at] ?? place, end: origins[end] ?? place });
    at = folded.indexOf(wanted, end);
  }
  return ranges;
}
