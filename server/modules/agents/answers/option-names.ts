import type { LabelOption } from "@/contracts/label-schema";
import { oncePer } from "./once-per";

/** The names under which one option may be answered: its text and, unless that is another option's text, its value. */
export type NamedOption = { value: string; names: string[] };

export type OptionIndex = {
  options: NamedOption[];
  exact: ReadonlyMap<string, string>;
  /** By folded name; null where several options share it. */
  folded: ReadonlyMap<string, string | null>;
  /** No longer candidate can be a name. Folding shortens by less than the factor used. */
  maxLength: number;
};

/** Case, Unicode composition and runs of white space do not tell names apart. */
export function fold(text: string): string {
  return text.normalize("NFC").toLowerCase().replace(/\s+/gu, " ");
}

/**
 * Names of a label's options. The prompt shows texts, so a text that equals another option's value means the
 * option whose text it is.
 */
export function nameOptions(options: readonly LabelOption[]): NamedOption[] {
  return options.map(({ value, text }) => {
    const shadowed = options.some((other) => other.value !== value && fold(other.text) === fold(value));
    return { value, names: value === text || shadowed ? [text] : [text, value] };
  });
}

/** The options by what an answer may call them; a name that two of them share when spelled loosely finds neither. */
export const indexOptions = oncePer((options: readonly LabelOption[]): OptionIndex => {
  const named = nameOptions(options);
  const exact = new Map<string, string>();
  const folded = new Map<string, string | null>();
  let longest = 0;
  for (const { value, names } of named) {
    for (const name of names) {
      exact.set(name.trim(), value);
      for (const key of new Set([fold(name).trim(), fold(unwrap(name))]))
        folded.set(key, folded.has(key) && folded.get(key) !== value ? null : value);
      longest = Math.max(longest, name.length);
    }
  }
  folded.delete("");
  return { options: named, exact, folded, maxLength: longest * 4 + 16 };
});

/** The value of the one option that `candidate` names as a whole, if any. */
export function lookUpOption(index: OptionIndex, candidate: string): string | null {
  if (candidate.length > index.maxLength) return null;
  return index.exact.get(candidate) ?? index.folded.get(fold(candidate)) ?? null;
}

/** An option written `(other)` is also found as `other`. */
const unwrap = (name: string) => name.trim().replace(/^[("'<[]+|[)"'>\].!]+$/gu, "");
