"use client";

import { RotateCw, X } from "lucide-react";
import { type RefObject, useState } from "react";
import { Button } from "@/components/ui/button";
import { SearchInput } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Toolbar } from "@/components/ui/toolbar";
import type { SessionItemFilter } from "@/contracts/sessions";
import type { OptionLook } from "./label-options";
import { conditionCount, type RowFilter } from "./session-address";

type FilterBarProps = {
  filter: RowFilter;
  options: readonly OptionLook[];
  onChange: (part: Partial<SessionItemFilter>) => void;
  keywordRef: RefObject<HTMLInputElement | null>;
  /** Rows of the list that no longer match, since somebody decided them. */
  settled: number;
  onReload: () => void;
};

const states = [
  { value: "all", label: "All labels" },
  { value: "unverified", label: "Unverified" },
  { value: "verified", label: "Verified" },
  { value: "CONFIRMS", label: "Confirmed" },
  { value: "CORRECTS", label: "Corrected" },
  { value: "UNSURE", label: "Can't tell" },
] as const;

/** Narrows the rows: state, the agent's value, a range of confidence, words of the text. */
export function FilterBar({ filter, options, onChange, keywordRef, settled, onReload }: FilterBarProps) {
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
        className="w-32"
        options={states}
        value={filter.state ?? "all"}
        onValueChange={(state) => onChange({ state: state === "all" ? undefined : state })}
      />
      <Select
        aria-label="Agent's label"
        className="w-44"
        options={[
          { value: "*", label: "Any agent's label" },
          ...options.map((option) => ({ value: `=${option.value}`, label: option.text })),
        ]}
        value={filter.value === undefined ? "*" : `=${filter.value}`}
        onValueChange={(value) => onChange({ value: value === "*" ? undefined : value.slice(1) })}
      />
      <ConfField
        label="Confidence from"
        placeholder="conf ≥"
        value={filter.confFrom}
        onChange={(confFrom) => onChange({ confFrom })}
      />
      <ConfField
        label="Confidence below"
        placeholder="conf <"
        value={filter.confBelow}
        onChange={(confBelow) => onChange({ confBelow })}
      />
      <KeywordField
        inputRef={keywordRef}
        value={filter.keyword}
        onChange={(keyword) => onChange({ keyword })}
      />
      {conditionCount(filter) > 0 ? (
        <Button
          size="sm"
          variant="ghost"
          onClick={() =>
            onChange({
              state: undefined,
              value: undefined,
              confFrom: undefined,
              confBelow: undefined,
              keyword: undefined,
            })
          }
        >
          <X aria-hidden /> Show all
        </Button>
      ) : null}
    </Toolbar>
  );
}

type ConfFieldProps = {
  label: string;
  placeholder: string;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
};

/** Applied on Enter or when left; what is no number between 0 and 1 is marked and not applied. */
function ConfField({ label, placeholder, value, onChange }: ConfFieldProps) {
  const [wrong, setWrong] = useState(false);
  function apply(text: string) {
    const number = text.trim() === "" ? undefined : Number(text.replace(",", "."));
    const fits = number === undefined || (number >= 0 && number <= 1);
    setWrong(!fits);
    if (fits && number !== value) onChange(number);
  }
  return (
    <input
      key={value ?? ""}
      aria-label={label}
      aria-invalid={wrong || undefined}
      title={wrong ? "A number from 0 to 1" : undefined}
      placeholder={placeholder}
      inputMode="decimal"
      defaultValue={value ?? ""}
      onBlur={(event) => apply(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter") apply(event.currentTarget.value);
      }}
      className="tabular h-control w-20 rounded-md border border-line-strong bg-surface px-2 text-sm hover:border-text-faint aria-invalid:border-bad"
    />
  );
}

type KeywordFieldProps = {
  inputRef: RefObject<HTMLInputElement | null>;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
};

function KeywordField({ inputRef, value, onChange }: KeywordFieldProps) {
  return (
    <SearchInput
      key={value ?? ""}
      ref={inputRef}
      aria-label="Words in the text"
      placeholder="Words in the text"
      className="w-44"
      maxLength={200}
      defaultValue={value ?? ""}
      onBlur={(event) => onChange(event.target.value.trim() || undefined)}
      onKeyDown={(event) => {
        if (event.key === "Enter" || event.key === "Escape") event.currentTarget.blur();
      }}
    />
  );
}
