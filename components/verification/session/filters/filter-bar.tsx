"use client";

import { RotateCw, X } from "lucide-react";
import { memo, type RefObject } from "react";
import type { OptionLook } from "@/components/labelling/label-options";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { Toolbar } from "@/components/ui/toolbar";
import type { SessionItemFilter } from "@/contracts/sessions";
import { conditionCount, type RowFilter } from "../session-address";
import { MoreFilters } from "./more-filters";
import { OptionSelect } from "./option-select";
import { WordsField } from "./words-field";

type FilterBarProps = {
  filter: RowFilter;
  options: readonly OptionLook[];
  /** Whose verdicts there may be; empty where the reader may not know. */
  people: readonly { id: string; name: string }[];
  onChange: (part: Partial<SessionItemFilter>) => void;
  wordsRef: RefObject<HTMLInputElement | null>;
  /** Rows of the list that no longer match, since somebody decided them. */
  settled: number;
  onReload: () => void;
};

const states = [
  { value: "all", label: "All labels" },
  { value: "unverified", label: "Unverified" },
  { value: "undecided-by-me", label: "Undecided by me" },
  { value: "verified", label: "Verified" },
  { value: "CONFIRMS", label: "Confirmed" },
  { value: "CORRECTS", label: "Corrected" },
  { value: "UNSURE", label: "Can't tell" },
] as const;

const none: Record<keyof SessionItemFilter, undefined> = {
  state: undefined,
  value: undefined,
  chosen: undefined,
  reviewer: undefined,
  flagged: undefined,
  confFrom: undefined,
  confBelow: undefined,
  keyword: undefined,
  match: undefined,
};

/**
 * Narrows the rows: state, the agent's value, words of the text, and what is asked more rarely. Drawn anew only when
 * something of it changes, so what is handed in shall stay the same.
 */
export const FilterBar = memo(function FilterBar(props: FilterBarProps) {
  const { filter, options, people, onChange, wordsRef, settled, onReload } = props;
  return (
    <Toolbar
      label="Filters"
      className="max-sm:flex-nowrap max-sm:overflow-x-auto max-sm:[&>*]:shrink-0"
      end={
        settled > 0 ? (
          <Button size="sm" variant="ghost" onClick={onReload}>
            <RotateCw aria-hidden />
            {settled === 1 ? "1 row no longer matches" : `${settled} rows no longer match`}
          </Button>
        ) : null
      }
    >
      <Select
        aria-label="State"
        className="w-36"
        options={states}
        value={filter.state ?? "all"}
        onValueChange={(state) => onChange({ state: state === "all" ? undefined : state })}
      />
      <OptionSelect
        label="Agent's label"
        any="Any agent's label"
        className="w-44"
        options={options}
        value={filter.value}
        onChange={(value) => onChange({ value })}
      />
      <WordsField inputRef={wordsRef} filter={filter} onChange={onChange} />
      <MoreFilters filter={filter} options={options} people={people} onChange={onChange} />
      {conditionCount(filter) > 0 ? (
        <Button size="sm" variant="ghost" onClick={() => onChange(none)}>
          <X aria-hidden /> Show all
        </Button>
      ) : null}
    </Toolbar>
  );
});
