"use client";

import { DiffView } from "@/components/ui/diff-view";
import { diffVersions, sectionText, type VersionContent } from "@/contracts/agent-diff";
import type { PromptSection } from "@/contracts/agents";
import type { JsonValue } from "@/contracts/common";
import { useExampleWords } from "./examples/use-example-words";

const sectionWords: Record<PromptSection, string> = {
  system: "System message",
  taskInstruction: "Task instruction",
  examples: "Examples",
  formatInstruction: "Format instruction",
  inputBlock: "Input block",
  template: "User message",
};

type VersionDiffProps = {
  /** "Version 3 → version 4". */
  label: string;
  before: VersionContent;
  after: VersionContent;
};

/** What differs between two versions of an agent: settings as before and after, texts line by line. */
export function VersionDiff({ label, before, after }: VersionDiffProps) {
  const exampleText = useExampleWords([before.prompt, after.prompt]);
  const { changed, fields, sections } = diffVersions(before, after);
  if (!changed) return <p className="text-muted">{label}: the two are the same.</p>;
  return (
    <section aria-label={label} className="flex flex-col gap-4">
      {fields.length > 0 ? (
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
          {fields.map((field) => (
            <FieldChange key={field.path} {...field} />
          ))}
        </dl>
      ) : null}
      {sections.map(({ section }) => (
        <div key={section}>
          <h3 className="mb-1 text-faint text-xs">{sectionWords[section]}</h3>
          <DiffView
            label={`${label}, ${sectionWords[section].toLowerCase()}`}
            before={sectionText(before.prompt, section, exampleText)}
            after={sectionText(after.prompt, section, exampleText)}
          />
        </div>
      ))}
    </section>
  );
}

type FieldChangeProps = { path: string; before: JsonValue; after: JsonValue };

function FieldChange({ path, before, after }: FieldChangeProps) {
  return (
    <>
      <dt className="font-mono text-muted text-xs leading-5">{path}</dt>
      <dd className="tabular break-words">
        <del className="bg-bad-soft">{show(before)}</del> →{" "}
        <ins className="bg-good-soft no-underline">{show(after)}</ins>
      </dd>
    </>
  );
}

const show = (value: JsonValue): string => {
  if (value === null) return "not set";
  return typeof value === "string" ? value : JSON.stringify(value);
};
