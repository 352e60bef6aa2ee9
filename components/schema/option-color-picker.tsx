"use client";

import { useState } from "react";
import { cn } from "@/components/ui/cn";
import { OptionMark, optionColor, optionColorCount } from "@/components/ui/option-chip";
import { Popover } from "@/components/ui/popover";
import { Tooltip } from "@/components/ui/tooltip";

type OptionColorPickerProps = {
  /** Of the option, for screen readers. */
  name: string;
  /** Its place, which gives the colour when none is chosen. */
  at: number;
  color: number | null;
  onChange: (color: number | null) => void;
};

/** One of the ten option colours, or the one of the option's place. */
export function OptionColorPicker({ name, at, color, onChange }: OptionColorPickerProps) {
  const [open, setOpen] = useState(false);
  const shown = color === null ? optionColor(at) : color + 1;
  const choose = (chosen: number | null) => {
    onChange(chosen);
    setOpen(false);
  };
  return (
    <Popover
      label={`Colour of ${name}`}
      open={open}
      onOpenChange={setOpen}
      className="w-auto"
      trigger={
        <button
          type="button"
          aria-label={`Colour of ${name}: ${shown}${color === null ? ", by its place" : ""}`}
          className="inline-flex size-control shrink-0 items-center justify-center rounded-md border border-line-strong hover:border-text-faint"
        >
          <OptionMark color={shown} className="size-3.5" />
        </button>
      }
    >
      <div className="grid grid-cols-5 gap-1">
        {Array.from({ length: optionColorCount }, (_, index) => index).map((index) => (
          <Tooltip key={index} content={`Colour ${index + 1}`}>
            <button
              type="button"
              aria-label={`Colour ${index + 1}`}
              aria-pressed={color === index}
              onClick={() => choose(index)}
              className={cn(
                "inline-flex size-control items-center justify-center rounded-md hover:bg-raised",
                color === index && "bg-raised",
              )}
            >
              <OptionMark color={index + 1} className="size-4" />
            </button>
          </Tooltip>
        ))}
      </div>
      <button
        type="button"
        onClick={() => choose(null)}
        className="mt-2 h-control w-full rounded-md px-2 text-left text-muted hover:bg-raised hover:text-text"
      >
        By its place
      </button>
    </Popover>
  );
}
