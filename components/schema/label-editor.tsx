"use client";

import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { Textarea } from "@/components/ui/textarea";
import { OptionRow } from "./option-row";
import { blankOption, type DraftLabel, type DraftOption, moved } from "./schema-draft";

const levels = [
  { value: "record", label: "The whole record", hint: "One judgement on each text" },
  { value: "span", label: "Parts of the text", hint: "Marked in the text, with their borders" },
] as const;

type LabelEditorProps = {
  label: DraftLabel;
  /** Where it stands in the draft: the beginning of its problems' paths. */
  path: string;
  problems: ReadonlyMap<string, string>;
  onChange: (label: DraftLabel) => void;
  onMove: (by: -1 | 1) => void;
  onDelete: () => void;
  isFirst: boolean;
  isLast: boolean;
};

/** One label with its options. */
export function LabelEditor(props: LabelEditorProps) {
  const { label, path, problems, onChange, onMove, onDelete, isFirst, isLast } = props;
  const title = useId();
  const change = (changed: Partial<DraftLabel>) => onChange({ ...label, ...changed });
  const changeOption = (at: number, option: DraftOption) =>
    change({ options: label.options.map((other, index) => (index === at ? option : other)) });
  const problem = (field: string) => problems.get(`${path}.${field}`);
  return (
    <section aria-labelledby={title} className="border-b pb-6">
      <header className="mb-3 flex items-center gap-1">
        <h2 id={title} className="min-w-0 flex-1 truncate text-base">
          {label.name.trim() || "New label"}
        </h2>
        <IconButton label="Move label up" disabled={isFirst} onClick={() => onMove(-1)}>
          <ArrowUp aria-hidden />
        </IconButton>
        <IconButton label="Move label down" disabled={isLast} onClick={() => onMove(1)}>
          <ArrowDown aria-hidden />
        </IconButton>
        <IconButton label="Remove label" onClick={onDelete}>
          <Trash2 aria-hidden />
        </IconButton>
      </header>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Name" hint="Stored, and used by programs." error={problem("name")}>
          {(control) => (
            <Input
              {...control}
              value={label.name}
              onChange={(event) => change({ name: event.target.value })}
              autoComplete="off"
              spellCheck={false}
            />
          )}
        </Field>
        <Field label="Belongs to">
          {(control) => (
            <Select
              {...control}
              options={levels}
              value={label.level}
              onValueChange={(level) => change({ level })}
            />
          )}
        </Field>
        <Field
          label="Description"
          optional
          hint="One sentence, shown to people and models."
          error={problem("description")}
          className="sm:col-span-2"
        >
          {(control) => (
            <Input
              {...control}
              value={label.description}
              onChange={(event) => change({ description: event.target.value })}
            />
          )}
        </Field>
      </div>
      <div className="mt-2">
        <Switch
          label="Several options may hold at once"
          checked={label.multi}
          onCheckedChange={(multi) => change({ multi })}
        />
      </div>
      <h3 className="mt-3 mb-1 font-medium text-sm">Options</h3>
      {problem("options") ? <Notice tone="bad">{problem("options")}</Notice> : null}
      <ol aria-label={`Options of ${label.name || "the new label"}`} className="divide-y border-y">
        {label.options.map((option, at) => (
          <OptionRow
            key={option.key}
            option={option}
            at={at}
            last={label.options.length - 1}
            problem={(field) => problem(`options.${at}.${field}`)}
            onChange={(changed) => changeOption(at, changed)}
            onMove={(by) => change({ options: moved(label.options, at, by) })}
            onDelete={() => change({ options: label.options.filter((_, index) => index !== at) })}
          />
        ))}
      </ol>
      <Button
        size="sm"
        variant="ghost"
        className="mt-1.5"
        onClick={() => change({ options: [...label.options, blankOption()] })}
      >
        <Plus aria-hidden />
        Add option
      </Button>
      <Field
        label="Guidelines"
        optional
        hint="Markdown: borderline cases and examples, shown where people label."
        error={problem("guidelines")}
        className="mt-3"
      >
        {(control) => (
          <Textarea
            {...control}
            value={label.guidelines}
            onChange={(event) => change({ guidelines: event.target.value })}
            className="max-h-80"
          />
        )}
      </Field>
    </section>
  );
}
