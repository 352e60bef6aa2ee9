"use client";

import { type RefObject, useState } from "react";
import { SearchInput } from "@/components/ui/input";

type KeywordBoxProps = {
  value: string;
  onSearch: (keyword: string) => void;
  ref: RefObject<HTMLInputElement | null>;
};

/** A part of the text to search for; Enter searches, an emptied box shows every record again. */
export function KeywordBox({ value, onSearch, ref }: KeywordBoxProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const commit = () => {
    if (draft !== null && draft.trim() !== value) onSearch(draft.trim());
    setDraft(null);
  };
  return (
    <search className="w-64 max-sm:w-full">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          commit();
        }}
      >
        <SearchInput
          ref={ref}
          aria-label="Search in the text"
          placeholder="Search in the text"
          maxLength={1000}
          value={draft ?? value}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={commit}
        />
      </form>
    </search>
  );
}
