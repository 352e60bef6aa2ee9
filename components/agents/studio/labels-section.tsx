"use client";

import Link from "next/link";
import { optionLooks } from "@/components/labelling/label-options";
import { Checkbox } from "@/components/ui/checkbox";
import { Notice } from "@/components/ui/notice";
import { OptionChip } from "@/components/ui/option-chip";
import { Section } from "@/components/ui/section";
import type { LabelDefinition } from "@/contracts/label-schema";
import { useStudio } from "./studio-context";

/** Which labels one answer gives, with their options as the schema has them. */
export function LabelsSection() {
  const { project, draft, changePrompt, problemAt, readOnly, labels } = useStudio();
  const chosen = draft.prompt.labels;
  // A label that the schema has lost stays until it is taken off.
  const lost = chosen.filter((name) => !labels.some((label) => label.name === name));
  const toggle = (name: string, on: boolean) =>
    changePrompt({ labels: on ? [...chosen, name] : chosen.filter((other) => other !== name) });
  const problem =
    problemAt("prompt.labels") ??
    chosen
      .map((_name, index) => problemAt(`prompt.labels.${index}`))
      .find((message) => message !== undefined);
  return (
    <Section
      title="Labels and options"
      description="They come from the label schema; one answer gives all that are chosen."
      actions={
        <Link href={`/p/${project}/schema`} className="text-accent text-xs">
          Open the schema
        </Link>
      }
    >
      <div className="flex flex-col gap-2">
        {labels.map((label) => (
          <div key={label.name}>
            <Checkbox
              label={label.name}
              hint={hintOf(label)}
              disabled={readOnly}
              checked={chosen.includes(label.name)}
              onCheckedChange={(on) => toggle(label.name, on === true)}
            />
            <Options label={label} />
          </div>
        ))}
        {lost.map((name) => (
          <Checkbox
            key={name}
            label={name}
            hint="The active schema has no such label."
            disabled={readOnly}
            checked
            onCheckedChange={() => toggle(name, false)}
          />
        ))}
        {problem ? <Notice tone="bad">{problem}</Notice> : null}
      </div>
    </Section>
  );
}

function hintOf({ level, description }: LabelDefinition): string | undefined {
  if (level === "record") return description;
  return description ? `Marks spans in the text. ${description}` : "Marks spans in the text";
}

function Options({ label }: { label: LabelDefinition }) {
  return (
    <div className="flex flex-wrap items-center gap-1.5 pl-6">
      {optionLooks(label).map(({ value, text, color, description }) => (
        <OptionChip key={value} color={color} text={text} variant="outlined" title={description} />
      ))}
      {label.multi ? <span className="text-faint text-xs">several may hold</span> : null}
    </div>
  );
}
