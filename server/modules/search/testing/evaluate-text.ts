import { RE2JS } from "re2js";
import { foldCase } from "../fold-case";

/** What re2js finds in a text with the expression as it stands. */
export function matches({ regex, flags = "" }: { regex: string; flags?: string }, text: string): boolean {
  const own = `${flags.includes("c") ? "" : "i"}${flags.replace("c", "")}`;
  return RE2JS.compile(own === "" ? regex : `(?${own})${regex}`)
    .matcher(text)
    .find();
}

/** A web search of plain words: all of them, "phrases", `or` (which binds less), `-not`. */
export function hasWords(fullText: string, text: string): boolean {
  const words = wordsOf(text);
  const alternatives: string[][] = [[]];
  for (const item of fullText.match(/-?"[^"]*"|\S+/g) ?? [])
    if (item.toLowerCase() === "or") alternatives.push([]);
    else alternatives.at(-1)?.push(item);
  return alternatives.some((items) => items.every((item) => hasItem(item, words)));
}

function hasItem(item: string, words: readonly string[]): boolean {
  const phrase = wordsOf(item);
  const found = words.some((_, at) => phrase.every((word, index) => words[at + index] === word));
  return found !== item.startsWith("-");
}

const wordsOf = (text: string): string[] => foldCase(text).match(/[\p{L}\p{N}]+/gu) ?? [];
