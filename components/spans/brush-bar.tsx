"use client";

import { cn } from "@/components/ui/cn";
import { Kbd } from "@/components/ui/kbd";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import type { SpanEditing } from "./use-span-editing";

/** Which option selecting marks, of which label, and whether whole words; with a span selected, which it has. */
export function BrushBar({ editing }: { editing: SpanEditing }) {
  const { labels, brush: state, selected, choose } = editing;
  const { brush, onBrush, wordSnapping, onWordSnapping } = state;
  const of = selected && selected.editable !== false ? selected.label : brush.label;
  const label = labels.find(({ name }) => name === of);
  const chosen = selected && of === selected.label ? selected.value : [brush.value];
  return (
    <div
      role="toolbar"
      aria-label={selected ? "Option of the selected span" : "Mark as"}
      className="flex flex-wrap items-center gap-x-3 gap-y-2 py-2"
    >
      {labels.length > 1 ? (
        <LabelChoice
          names={labels.map(({ name }) => name)}
          value={of}
          onChange={(name) => {
            const first = labels.find((one) => one.name === name)?.options[0];
            editing.select(null);
            onBrush({ label: name, value: first?.value ?? null });
          }}
        />
      ) : null}
      <span className="flex flex-wrap gap-1.5">
        {label?.options.map((option) => (
          <button
            key={option.value}
            type="button"
            data-option={option.color}
            aria-pressed={chosen.includes(option.value)}
            title={option.description}
            // The text keeps the keyboard and what is selected.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(label.name, option.value, "off")}
            className={cn(
              "inline-flex h-control items-center gap-1.5 rounded-md border px-2.5 transition-colors hover:bg-raised",
              chosen.includes(option.value) &&
                "border-transparent bg-option font-medium text-option-on hover:bg-option",
            )}
          >
            {chosen.includes(option.value) ? null : (
              <span aria-hidden className="size-2 shrink-0 rounded-[2px] bg-option" />
            )}
            {option.text}
            {option.key ? <Kbd className="max-sm:hidden">{option.key.toUpperCase()}</Kbd> : null}
          </button>
        ))}
      </span>
      <span className="ml-auto text-xs">
        <Switch label="Whole words" checked={wordSnapping} onCheckedChange={onWordSnapping} />
      </span>
    </div>
  );
}

type LabelChoiceProps = { names: readonly string[]; value: string; onChange: (name: string) => void };

function LabelChoice({ names, value, onChange }: LabelChoiceProps) {
  const options = names.map((name) => ({ value: name, label: name }));
  return names.length <= 4 ? (
    <SegmentedControl label="Label" value={value} onValueChange={onChange} options={options} />
  ) : (
    <Select aria-label="Label" value={value} onValueChange={onChange} options={options} />
  );
}
