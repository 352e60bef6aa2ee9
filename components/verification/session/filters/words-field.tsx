"use client";

import { type RefObject, useId, useState } from "react";
import { SearchInput } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { SessionItemFilter } from "@/contracts/sessions";
import type { TextWay } from "@/contracts/text-query";
import type { RowFilter } from "../session-address";
import { useRe2 } from "../text-match/match-context";
import { regexProblem } from "../text-match/regex-ranges";

type WordsFieldProps = {
  inputRef: RefObject<HTMLInputElement | null>;
  filter: RowFilter;
  onChange: (part: Partial<SessionItemFilter>) => void;
};

const ways = [
  { value: "exact", label: "Exact", hint: "As they stand, whatever the case" },
  { value: "fuzzy", label: "Fuzzy", hint: "Words that are spelt nearly so" },
  { value: "regex", label: "Regex", hint: "RE2 syntax, whatever the case" },
] as const;

/** Words of the text and how they are looked for; applied on Enter or when left. */
export function WordsField({ inputRef, filter, onChange }: WordsFieldProps) {
  const { keyword, match = "exact" } = filter;
  const [typed, setTyped] = useState({ of: keyword, text: keyword ?? "" });
  const text = typed.of === keyword ? typed.text : (keyword ?? "");
  const re2 = useRe2(match === "regex");
  const problem = match === "regex" && re2 && text !== "" ? regexProblem(re2, text) : null;
  const problemId = useId();

  function apply(words: string, way: TextWay = match) {
    if (way === "regex" && re2 && regexProblem(re2, words)) return;
    const next = words.trim() || undefined;
    if (next !== keyword || way !== match)
      onChange({ keyword: next, match: way === "exact" ? undefined : way });
  }

  return (
    <span className="relative flex items-center gap-1">
      <Select
        aria-label="How words are looked for"
        className="w-22"
        options={ways}
        value={match}
        onValueChange={(way) => apply(text, way)}
      />
      <SearchInput
        ref={inputRef}
        aria-label="Words in the text"
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? problemId : undefined}
        placeholder={match === "regex" ? "Expression" : "Words in the text"}
        className="w-44"
        maxLength={1000}
        value={text}
        onChange={(event) => setTyped({ of: keyword, text: event.target.value })}
        onBlur={() => apply(text)}
        onKeyDown={(event) => {
          if (event.key === "Enter" || event.key === "Escape") event.currentTarget.blur();
        }}
      />
      {problem ? (
        <span
          id={problemId}
          role="alert"
          className="absolute top-full left-0 z-10 mt-1 w-max max-w-72 rounded-md bg-overlay px-2 py-1 text-bad text-xs shadow-float"
        >
          {problem.column === null ? null : `Character ${problem.column}: `}
          {problem.message}
        </span>
      ) : null}
    </span>
  );
}
