import { readDefinitions, readNamelessOptions } from "./read-definitions";

/** The text to label, and the rest of the message without any fenced text. */
export type SeparatedInput = { input: string; instruction: string };

type Block = { start: number; inside: number; end: number; after: number };

/** Three or more quotes at the start of a line or behind a colon open a block. */
const OPENING = /(?<=^[ \t]*|:[ \t]*)'{3,}/gmu;
const TEXT_HEADING = /^[ \t]*Text:/gimu;
/** `Sentiment: <sentiment>` or "- positive" */
const SAMPLE_OR_LIST = /:\s*\[?"?<[^<>\n]+>|^\s*[-*•]\s/u;

/**
 * Finds the text to label in the user's message: the last block fenced by quotes, or what follows the last
 * "Text:", or what follows the instruction. A block ends at the same number of quotes at the end of a line, so
 * a text whose fence is longer than any run of quotes in it may hold anything, "Text:" and instructions too.
 */
export function separateInput(message: string): SeparatedInput {
  const blocks = fencedBlocks(message);
  const last = blocks.at(-1);
  if (last !== undefined) {
    return {
      input: message.slice(last.inside, last.end).trim(),
      instruction: withoutBlocks(message, blocks),
    };
  }
  const heading = [...message.matchAll(TEXT_HEADING)].at(-1);
  const start = heading ? heading.index + heading[0].length : endOfInstruction(message);
  const input = message.slice(start).trim();
  return input === ""
    ? { input: message, instruction: message }
    : { input, instruction: message.slice(0, start) };
}

/** A message without the texts fenced in it, which are records or examples and no instructions. */
export function withoutFencedTexts(message: string): string {
  return withoutBlocks(message, fencedBlocks(message));
}

function fencedBlocks(message: string): Block[] {
  const blocks: Block[] = [];
  for (const { index, 0: fence } of message.matchAll(OPENING)) {
    const inside = index + fence.length;
    if (index < (blocks.at(-1)?.after ?? 0)) continue;
    const closing = new RegExp(String.raw`(?<!')${fence}(?!')(?=[ \t]*\r?$)`, "mu").exec(
      message.slice(inside),
    );
    if (closing) {
      const end = inside + closing.index;
      blocks.push({ start: index, inside, end, after: end + fence.length });
    } else {
      return joinUnclosed(message, blocks, fence);
    }
  }
  return blocks;
}

/**
 * A fence without its end means that a text held the fence itself: then the text is all between the first and
 * the last of them behind the examples, which an answer tells from it.
 */
function joinUnclosed(message: string, blocks: readonly Block[], fence: string): Block[] {
  const examples = blocks.filter(({ after }) =>
    /^\s*(?:\{"|[^\n:]{1,100}:\s*\S)/u.test(message.slice(after)),
  );
  const known = examples.filter((example, at) => blocks[at] === example);
  const first = blocks[known.length];
  const end = message.lastIndexOf(fence);
  return first && end > first.inside ? [...known, { ...first, end, after: end + fence.length }] : [...blocks];
}

function withoutBlocks(message: string, blocks: readonly Block[]): string {
  const starts = [0, ...blocks.map(({ after }) => after)];
  return starts.map((from, at) => message.slice(from, blocks[at]?.start ?? message.length)).join("\n");
}

/** Behind the last line that names options or shows the form of the answer. */
function endOfInstruction(message: string): number {
  let end = 0;
  let position = 0;
  for (const line of message.split("\n")) {
    position += line.length + 1;
    const names = readDefinitions(line).length > 0 || readNamelessOptions(line) !== undefined;
    if (names || SAMPLE_OR_LIST.test(line)) end = position;
  }
  return end;
}
