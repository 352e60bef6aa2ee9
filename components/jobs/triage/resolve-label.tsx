"use client";

import { useState } from "react";
import { useHotkeys } from "react-hotkeys-hook";
import { type OptionLook, optionLooks } from "@/components/labelling/label-options";
import { OptionButton } from "@/components/labelling/option-button";
import { Button } from "@/components/ui/button";
import type { LabelDefinition } from "@/contracts/label-schema";

type ResolveLabelProps = {
  label: LabelDefinition;
  /** Its options are chosen by their keys. */
  keyed: boolean;
  decided: boolean;
  busy: boolean;
  onResolve: (value: string[]) => void;
};

/** What the answer means for one label: one option at once, or several and then a button. */
export function ResolveLabel({ label, keyed, decided, busy, onResolve }: ResolveLabelProps) {
  const [chosen, setChosen] = useState<string[]>([]);
  const looks = optionLooks(label);
  const disabled = busy || decided;
  function choose({ value }: OptionLook): void {
    if (!label.multi) onResolve([value]);
    else setChosen((now) => (now.includes(value) ? now.filter((other) => other !== value) : [...now, value]));
  }
  useHotkeys(
    looks.flatMap(({ key }) => key ?? []),
    (event) => {
      const look = looks.find(({ key }) => key === event.key.toLowerCase());
      if (look) choose(look);
    },
    { useKey: true, preventDefault: true, enabled: keyed && !disabled },
    [looks, chosen],
  );
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-medium">
        {label.name}
        {decided ? <span className="ml-2 font-normal text-good text-xs">resolved</span> : null}
      </legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {looks.map((look) => (
          <OptionButton
            key={look.value}
            option={keyed ? look : { ...look, key: null }}
            chosen={chosen.includes(look.value)}
            byAgent={false}
            probability={null}
            disabled={disabled}
            onChoose={() => choose(look)}
          />
        ))}
      </div>
      {label.multi ? (
        <Button
          className="self-start"
          disabled={disabled || chosen.length === 0}
          onClick={() => onResolve(chosen)}
        >
          Resolve as {chosen.length === 1 ? "this option" : `these ${chosen.length} options`}
        </Button>
      ) : null}
    </fieldset>
  );
}
