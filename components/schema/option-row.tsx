"use client";

import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { OptionColorPicker } from "./option-color-picker";
import type { DraftOption } from "./schema-draft";

type OptionRowProps = {
  option: DraftOption;
  at: number;
  /** Place of the last option. */
  last: number;
  problem: (field: string) => string | undefined;
  onChange: (option: DraftOption) => void;
  onMove: (by: -1 | 1) => void;
  onDelete: () => void;
};

type TextField = { name: "value" | "text" | "hotkey" | "description"; label: string; placeholder: string };

const fields: readonly (TextField & { className: string })[] = [
  { name: "value", label: "Value", placeholder: "value, as in pos", className: "col-span-2" },
  { name: "text", label: "Text", placeholder: "text, as in positive", className: "col-span-2" },
  { name: "hotkey", label: "Key", placeholder: "key", className: "col-span-1" },
  {
    name: "description",
    label: "Description",
    placeholder: "when it holds (optional)",
    className: "col-span-5 @xl:col-span-4",
  },
];

/** One option on a line: colour, stored value, shown text, key, when it holds. */
export function OptionRow(props: OptionRowProps) {
  const { option, at, last, problem, onChange, onMove, onDelete } = props;
  const name = option.text.trim() || option.value.trim() || `option ${at + 1}`;
  const wrong = fields.flatMap(({ name: field, label }) => {
    const message = problem(field);
    return message === undefined ? [] : [`${label} ${message}`];
  });
  const errorId = `option-${option.key}-error`;
  return (
    <li className="@container flex flex-wrap items-start gap-x-2 gap-y-1 py-2">
      <OptionColorPicker
        name={name}
        at={at}
        color={option.color}
        onChange={(color) => onChange({ ...option, color })}
      />
      <div className="grid min-w-0 flex-1 grid-cols-5 gap-1.5 @xl:grid-cols-9">
        {fields.map((field) => (
          <Input
            key={field.name}
            aria-label={`${field.label} of ${name}`}
            aria-invalid={problem(field.name) ? true : undefined}
            aria-describedby={problem(field.name) ? errorId : undefined}
            placeholder={field.placeholder}
            value={option[field.name]}
            maxLength={field.name === "hotkey" ? 1 : undefined}
            onChange={(event) =>
              onChange({
                ...option,
                [field.name]: field.name === "hotkey" ? event.target.value.toLowerCase() : event.target.value,
              })
            }
            className={field.className}
            autoComplete="off"
          />
        ))}
      </div>
      <div className="flex max-sm:basis-full max-sm:justify-end">
        <IconButton label={`Move ${name} up`} disabled={at === 0} onClick={() => onMove(-1)}>
          <ArrowUp aria-hidden />
        </IconButton>
        <IconButton label={`Move ${name} down`} disabled={at === last} onClick={() => onMove(1)}>
          <ArrowDown aria-hidden />
        </IconButton>
        <IconButton label={`Remove ${name}`} onClick={onDelete}>
          <Trash2 aria-hidden />
        </IconButton>
      </div>
      {wrong.length > 0 ? (
        <p id={errorId} role="alert" className="w-full text-bad text-xs">
          {wrong.join("; ")}
        </p>
      ) : null}
    </li>
  );
}
