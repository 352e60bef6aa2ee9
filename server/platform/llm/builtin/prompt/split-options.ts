import type { PromptOption } from "./prompt";

const QUOTES = /^["'“”‘’`*]+|["'“”‘’`*]+$/gu;
const LIST_ITEM = /^\s*[-*•]\s+(.+)$/u;

/**
 * The options of a phrase, "a, b or c": the quoted ones if any are, else parted at commas and at the last "or",
 * so that an option before it may hold one itself.
 */
export function splitPhrase(phrase: string): PromptOption[] {
  const quoted = [...phrase.matchAll(/["“`]([^"“”`]+)["”`]/gu)].map(([, name = ""]) => name);
  if (quoted.length > 0) return distinct(quoted.map((name) => ({ name })));
  const parts = phrase.split(/\s*,\s*/);
  const last = parts.pop() ?? "";
  const ending = /^(?:(.*)\s+)?or\s+(.+)$/iu.exec(last) ?? /^(?:(.*)\s+)?and\s+(.+)$/iu.exec(last);
  const names = [...parts, ...(ending ? [ending[1] ?? "", ending[2] ?? ""] : [last])];
  return distinct(names.map((name) => ({ name: bare(name) })));
}

/** The options of the list that `lines` start with, each "- positive" or "- positive: pleased or grateful". */
export function splitList(lines: readonly string[]): PromptOption[] {
  const items = lines.map((line) => LIST_ITEM.exec(line)?.[1]);
  const end = items.indexOf(undefined);
  return distinct(
    items.slice(0, end < 0 ? items.length : end).map((item = "") => {
      const [name = "", ...description] = item.split(": ");
      return { name: bare(name), description: description.join(": ") };
    }),
  );
}

/** Without the white space, quotes and emphasis around it. */
export function bare(name: string): string {
  return name.trim().replace(QUOTES, "");
}

function distinct(options: readonly PromptOption[]): PromptOption[] {
  return options.filter(
    ({ name }, at) => name !== "" && options.findIndex((other) => other.name === name) === at,
  );
}
