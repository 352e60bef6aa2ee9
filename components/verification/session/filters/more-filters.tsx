"use client";

import { ListFilter } from "lucide-react";
import { useState } from "react";
import type { OptionLook } from "@/components/labelling/label-options";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Popover } from "@/components/ui/popover";
import { Select } from "@/components/ui/select";
import type { SessionItemFilter } from "@/contracts/sessions";
import type { RowFilter } from "../session-address";
import { OptionSelect } from "./option-select";

type MoreFiltersProps = {
  filter: RowFilter;
  options: readonly OptionLook[];
  people: readonly { id: string; name: string }[];
  onChange: (part: Partial<SessionItemFilter>) => void;
};

const flags = [
  { value: "any", label: "Flagged or not" },
  { value: "true", label: "Flagged" },
  { value: "false", label: "Not flagged" },
] as const;

/** The conditions that are asked more rarely, behind one button that counts those in force. */
export function MoreFilters({ filter, options, people, onChange }: MoreFiltersProps) {
  const { chosen, reviewer, flagged, confFrom, confBelow } = filter;
  const inForce = [chosen, reviewer, flagged, confFrom, confBelow].filter((one) => one !== undefined).length;
  return (
    <Popover
      label="More filters"
      trigger={
        <Button size="sm" variant={inForce > 0 ? "secondary" : "ghost"}>
          <ListFilter aria-hidden /> More filters{inForce > 0 ? ` (${inForce})` : null}
        </Button>
      }
      className="flex flex-col gap-3"
    >
      <OptionSelect
        label="People's label"
        any="Any label by people"
        options={options}
        value={chosen}
        onChange={(value) => onChange({ chosen: value })}
      />
      {people.length > 0 ? (
        <Select
          aria-label="Reviewer"
          options={[
            { value: "*", label: "By anybody" },
            ...people.map(({ id, name }) => ({ value: id, label: `By ${name}` })),
          ]}
          value={reviewer ?? "*"}
          onValueChange={(id) => onChange({ reviewer: id === "*" ? undefined : id })}
        />
      ) : null}
      <Select
        aria-label="Flags"
        options={flags}
        value={flagged === undefined ? "any" : flagged ? "true" : "false"}
        onValueChange={(value) => onChange({ flagged: value === "any" ? undefined : value === "true" })}
      />
      <div className="grid grid-cols-2 gap-2">
        <ConfField
          label="Confidence from"
          value={confFrom}
          onChange={(from) => onChange({ confFrom: from })}
        />
        <ConfField
          label="Confidence below"
          value={confBelow}
          onChange={(below) => onChange({ confBelow: below })}
        />
      </div>
    </Popover>
  );
}

type ConfFieldProps = {
  label: string;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
};

/** Applied on Enter or when left; what is no number between 0 and 1 is told and not applied. */
function ConfField({ label, value, onChange }: ConfFieldProps) {
  const [wrong, setWrong] = useState(false);
  function apply(text: string) {
    const number = text.trim() === "" ? undefined : Number(text.replace(",", "."));
    const fits = number === undefined || (number >= 0 && number <= 1);
    setWrong(!fits);
    if (fits && number !== value) onChange(number);
  }
  return (
    <Field label={label} error={wrong ? "A number from 0 to 1" : undefined}>
      {(control) => (
        <Input
          {...control}
          key={value ?? ""}
          inputMode="decimal"
          className="tabular"
          defaultValue={value ?? ""}
          onBlur={(event) => apply(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") apply(event.currentTarget.value);
          }}
        />
      )}
    </Field>
  );
}
