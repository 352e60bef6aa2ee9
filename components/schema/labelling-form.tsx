"use client";

import { useState } from "react";
import { optionLooks } from "@/components/labelling/label-options";
import { OptionButton } from "@/components/labelling/option-button";
import { Markdown } from "@/components/ui/markdown";
import type { LabelDefinition } from "@/contracts/label-schema";

/** The form as annotators see it. What is pressed here is kept nowhere. */
export function LabellingForm({ labels }: { labels: readonly LabelDefinition[] }) {
  return (
    <div className="flex flex-col gap-5">
      {labels.map((label, at) => (
        <LabelForm
          key={`${label.name} ${labels.slice(0, at).filter(({ name }) => name === label.name).length}`}
          label={label}
        />
      ))}
    </div>
  );
}

function LabelForm({ label }: { label: LabelDefinition }) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const press = (value: string) => {
    if (chosen.includes(value)) setChosen(chosen.filter((other) => other !== value));
    else setChosen(label.multi ? [...chosen, value] : [value]);
  };
  const looks = optionLooks({ ...label, options: label.options.filter(({ value }) => value.trim() !== "") });
  return (
    <fieldset className="min-w-0">
      <legend className="font-medium">
        {label.name || "New label"}
        <span className="ml-2 font-normal text-faint text-xs">
          {label.multi ? "one or more" : "exactly one"}
          {label.level === "span" ? ", on parts of the text" : ""}
        </span>
      </legend>
      {label.description ? <p className="mt-0.5 text-muted">{label.description}</p> : null}
      <div className="mt-2 flex flex-col gap-1.5">
        {looks.length === 0 ? <p className="text-faint">Its options appear here.</p> : null}
        {[...new Map(looks.map((look) => [look.value, look])).values()].map((look) => (
          <OptionButton
            key={look.value}
            option={look}
            chosen={chosen.includes(look.value)}
            byAgent={false}
            probability={null}
            disabled={false}
            onChoose={() => press(look.value)}
          />
        ))}
      </div>
      {label.guidelines ? (
        <details className="mt-2">
          <summary className="cursor-pointer text-muted">Guidelines</summary>
          <Markdown className="mt-1">{label.guidelines}</Markdown>
        </details>
      ) : null}
    </fieldset>
  );
}
