"use client";

import { Checkbox } from "@/components/ui/checkbox";
import type { BuiltInMetadata } from "@/contracts/imports";

const offered: readonly { name: BuiltInMetadata; label: string; hint: string }[] = [
  { name: "length", label: "Length", hint: "Characters of the text, as “length”." },
  { name: "language", label: "Language", hint: "As “language”: en, de, … Short texts may have none." },
  {
    name: "duplicate_of",
    label: "Near duplicates",
    hint: "As “duplicate_of”: the id of the earliest text that is nearly the same. Takes a while after the rows are in.",
  },
];

type BuiltInChoiceProps = {
  chosen: readonly BuiltInMetadata[];
  onChange: (chosen: readonly BuiltInMetadata[]) => void;
};

/** Metadata that the server works out from each text. */
export function BuiltInChoice({ chosen, onChange }: BuiltInChoiceProps) {
  return (
    <div className="flex flex-col gap-3">
      {offered.map(({ name, label, hint }) => (
        <Checkbox
          key={name}
          label={label}
          hint={hint}
          checked={chosen.includes(name)}
          onCheckedChange={(on) =>
            onChange(on === true ? [...chosen, name] : chosen.filter((other) => other !== name))
          }
        />
      ))}
    </div>
  );
}
