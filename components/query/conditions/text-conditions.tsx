"use client";

import { Checkbox } from "@/components/ui/checkbox";
import { CommitInput } from "../commit-input";
import type { ConditionProps } from "../condition";

/** A part of the text. */
export function KeywordCondition({ predicate, onChange }: ConditionProps<"keyword">) {
  return (
    <>
      <CommitInput
        aria-label="Part of the text"
        className="w-56"
        maxLength={1000}
        value={predicate.keyword}
        onCommit={(keyword) => onChange({ ...predicate, keyword })}
      />
      <Checkbox
        label="Match case"
        checked={predicate.caseSensitive === true}
        onCheckedChange={(checked) =>
          onChange({ keyword: predicate.keyword, caseSensitive: checked === true })
        }
      />
    </>
  );
}

/** A regular expression in RE2's syntax. */
export function RegexCondition({ predicate, onChange }: ConditionProps<"regex">) {
  const { regex, flags = "" } = predicate;
  const withFlag = (flag: string, on: boolean) => {
    const next = on ? `${flags}${flag}` : flags.replaceAll(flag, "");
    onChange(next === "" ? { regex } : { regex, flags: next });
  };
  return (
    <>
      <CommitInput
        aria-label="Regular expression"
        className="w-64 font-mono"
        maxLength={1000}
        placeholder="late|delayed"
        spellCheck={false}
        value={regex}
        onCommit={(next) => onChange({ ...predicate, regex: next })}
      />
      <Checkbox
        label="Match case"
        checked={flags.includes("c")}
        onCheckedChange={(checked) => withFlag("c", checked === true)}
      />
      <Checkbox
        label="^ and $ at each line"
        checked={flags.includes("m")}
        onCheckedChange={(checked) => withFlag("m", checked === true)}
      />
      <Checkbox
        label=". is a line end too"
        checked={flags.includes("s")}
        onCheckedChange={(checked) => withFlag("s", checked === true)}
      />
    </>
  );
}

/** Words of the text, as in a web search. */
export function FullTextCondition({ predicate, onChange }: ConditionProps<"fullText">) {
  return (
    <>
      <CommitInput
        aria-label="Words"
        className="w-64"
        maxLength={1000}
        placeholder='late flight -"on time"'
        value={predicate.fullText}
        onCommit={(fullText) => onChange({ fullText })}
      />
      <span className="text-faint text-xs">all words; or, "a phrase", -without</span>
    </>
  );
}
