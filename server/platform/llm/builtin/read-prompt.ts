import type { ReadPrompt } from "./prompt";
import { readLabels } from "./read-labels";

export type PromptMessage = { role: string; text: string };

/** "Text:" on a line of its own or before the record, then the opening quotes. */
const QUOTED_BLOCK = /^[ \t]*Text:[ \t]*\r?\n?[ \t]*'''/gimu;
const OPEN_BLOCK = /^[ \t]*Text:/gimu;
const CLOSING = "'''";
/** `{"Sentiment": …` */
const JSON_SAMPLE = /\{\s*"[^"\n]{1,100}"\s*:/u;

/**
 * Reads what a chat asks for: the labels with their options, the form of the answer, and the text to label,
 * which stands in the last message of the user. The text may hold anything, the template's own words too.
 */
export function readPrompt(messages: readonly PromptMessage[]): ReadPrompt {
  const asked = messages.findLastIndex(({ role }) => role === "user");
  const before = messages
    .filter(({ role }, at) => at !== asked && role !== "assistant")
    .map(({ text }) => text)
    .join("\n");
  const { input, head, tail } = separateInput(before, messages[asked]?.text ?? "");
  const instruction = `${before}\n${head}\n${tail}`;
  return { labels: readLabels(instruction), form: JSON_SAMPLE.test(instruction) ? "json" : "text", input };
}

type Parts = { head: string; input: string; tail: string };

function separateInput(before: string, message: string): Parts {
  const quoted = [...message.matchAll(QUOTED_BLOCK)];
  if (quoted.length > 0) {
    const from = skipExamples(before, message, quoted);
    const closing = message.lastIndexOf(CLOSING);
    const to = closing >= from ? closing : message.length;
    return cut(message, from, to);
  }
  const open = [...message.matchAll(OPEN_BLOCK)];
  if (open.length > 0) return cut(message, skipExamples(before, message, open), message.length);
  return cut(message, endOfInstruction(message), message.length);
}

/**
 * Where the text to label starts: behind the first opening that isn't an example's. An example is followed by
 * its answer, which starts with a label's key; an opening inside the text itself is not.
 */
function skipExamples(before: string, message: string, openings: readonly RegExpMatchArray[]): number {
  const labels = readLabels(`${before}\n${message.slice(0, openings[0]?.index)}`);
  const first = openings.findIndex((opening, at) => {
    const block = message.slice(endOf(opening), openings[at + 1]?.index);
    const isExample = labels.some(({ field }) => holdsAnswer(block, field, opening[0].includes(CLOSING)));
    return !isExample || at === openings.length - 1;
  });
  return endOf(openings[first]);
}

function holdsAnswer(block: string, field: string, quoted: boolean): boolean {
  if (!quoted) return block.includes(`\n${field}:`) || block.includes(`\n{"${field}"`);
  const closing = block.lastIndexOf(CLOSING);
  const answer = block.slice(closing + CLOSING.length).trimStart();
  return closing >= 0 && (answer.startsWith(`${field}:`) || answer.startsWith(`{"${field}"`));
}

function endOf(match: RegExpMatchArray | undefined): number {
  return match === undefined ? 0 : (match.index ?? 0) + match[0].length;
}

/** Without a "Text:" the text is what follows the last line that defines a label or shows the format. */
function endOfInstruction(message: string): number {
  let end = 0;
  let position = 0;
  for (const line of message.split("\n")) {
    position += line.length + 1;
    if (readLabels(line).length > 0 || /:\s*\[?"?<[^<>\n]+>/u.test(line)) end = position;
  }
  return end < message.length ? end : 0;
}

function cut(message: string, from: number, to: number): Parts {
  return { head: message.slice(0, from), input: message.slice(from, to).trim(), tail: message.slice(to) };
}
