"use client";

import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { useNamesApart } from "@/components/labelling/use-names-apart";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { SearchInput } from "@/components/ui/input";
import { Popover } from "@/components/ui/popover";
import type { AnnotatorOverview } from "@/contracts/records";
import { bareId } from "./vocabulary";

type AnnotatorPickerProps = {
  /** What is chosen: "Annotators". */
  label: string;
  /** What it says while nobody is chosen: "anybody". */
  nobody: string;
  annotators: readonly AnnotatorOverview[];
  value: readonly string[];
  onChange: (ids: string[]) => void;
};

/** More than so many want a search field. */
const MANY = 8;
const SHOWN = 100;

/** People and jobs by name; a small form behind one button. */
export function AnnotatorPicker({ label, nobody, annotators, value, onChange }: AnnotatorPickerProps) {
  const [text, setText] = useState("");
  const chosen = new Set(value.map(bareId));
  const nameOf = useNamesApart(annotators);
  const names = annotators.filter(({ id }) => chosen.has(id)).map(({ id }) => nameOf.get(id));
  const unknown = chosen.size - names.length;
  const words = [...names, ...(unknown > 0 ? [`${unknown} unknown`] : [])].join(", ");
  const found = annotators
    .filter(({ name }) => name.toLowerCase().includes(text.trim().toLowerCase()))
    .slice(0, SHOWN);
  return (
    <Popover
      label={label}
      className="max-h-80 overflow-y-auto"
      trigger={
        <Button className="max-w-64" aria-label={`${label}: ${words || nobody}`}>
          <span className="truncate">{words || nobody}</span>
          <ChevronDown aria-hidden className="text-faint" />
        </Button>
      }
    >
      {annotators.length > MANY ? (
        <SearchInput
          aria-label="Find by name"
          placeholder="Find"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      ) : null}
      {annotators.length === 0 ? (
        <p className="text-muted">Nobody has labelled here yet.</p>
      ) : found.length === 0 ? (
        <p className="pt-2 text-muted">Nobody has this name.</p>
      ) : (
        found.map(({ id, kind }) => (
          <Checkbox
            key={id}
            label={nameOf.get(id)}
            hint={kind === "job" ? "job" : kind === "imported" ? "imported" : undefined}
            checked={chosen.has(id)}
            onCheckedChange={(checked) =>
              onChange(checked === true ? [...chosen, id] : [...chosen].filter((other) => other !== id))
            }
          />
        ))
      )}
    </Popover>
  );
}
