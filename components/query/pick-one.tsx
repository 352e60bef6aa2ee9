"use client";

import { Check, ChevronDown } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { SearchInput } from "@/components/ui/input";
import { Popover } from "@/components/ui/popover";

type Pick = { value: string; label: string; hint?: string | undefined; mark?: ReactNode };

type PickOneProps = {
  /** What is picked: "Label". */
  label: string;
  picks: readonly Pick[];
  value: string | undefined;
  onPick: (value: string) => void;
  /** What it says while nothing is picked. */
  nothing?: string;
  className?: string;
};

/** As many as are drawn; whoever looks for another types a part of its name. */
const SHOWN = 100;

/** One of any number of names: the list narrows as one types, arrows and Enter pick. */
export function PickOne({ label, picks, value, onPick, nothing = "choose", className }: PickOneProps) {
  const [open, setOpen] = useState(false);
  const chosen = picks.find((pick) => pick.value === value);
  return (
    <Popover
      label={label}
      open={open}
      onOpenChange={setOpen}
      className="w-72 p-2"
      trigger={
        <Button
          className={cn("max-w-64", className)}
          aria-label={`${label}: ${chosen?.label ?? value ?? nothing}`}
        >
          {chosen?.mark}
          <span className="truncate">{chosen?.label ?? value ?? nothing}</span>
          <ChevronDown aria-hidden className="text-faint" />
        </Button>
      }
    >
      <PickList
        label={label}
        picks={picks}
        value={value}
        onPick={(next) => {
          setOpen(false);
          onPick(next);
        }}
      />
    </Popover>
  );
}

type PickListProps = Omit<PickOneProps, "nothing" | "className">;

function PickList({ label, picks, value, onPick }: PickListProps) {
  const id = useId();
  const [text, setText] = useState("");
  const found = narrowed(picks, text);
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      found.findIndex((pick) => pick.value === value),
    ),
  );
  const active = Math.min(at, found.length - 1);

  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setAt(Math.min(found.length - 1, Math.max(0, active + step)));
    } else if (event.key === "Enter") {
      event.preventDefault();
      const pick = found[active];
      if (pick) onPick(pick.value);
    }
  }

  return (
    <>
      <SearchInput
        autoFocus
        role="combobox"
        aria-label={`Find ${label.toLowerCase()}`}
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
        placeholder="Find"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div role="listbox" id={`${id}-list`} aria-label={label} className="mt-1 max-h-64 overflow-y-auto">
        {found.map((pick, index) => (
          <div
            key={pick.value}
            role="option"
            tabIndex={-1}
            id={`${id}-${index}`}
            aria-selected={pick.value === value}
            ref={index === active ? scrollIntoView : undefined}
            onMouseMove={() => setAt(index)}
            onClick={() => onPick(pick.value)}
            onKeyDown={onKeyDown}
            className={cn(
              "flex min-h-control cursor-default items-center gap-2 rounded-md px-2",
              index === active && "bg-raised",
            )}
          >
            {pick.mark}
            <span className="min-w-0 flex-1 truncate">{pick.label}</span>
            {pick.hint ? <span className="text-faint text-xs">{pick.hint}</span> : null}
            {pick.value === value ? <Check aria-hidden className="size-3.5 shrink-0" /> : null}
          </div>
        ))}
        {found.length === 0 ? <p className="px-2 py-1 text-muted">Nothing has this name.</p> : null}
      </div>
    </>
  );
}

const scrollIntoView = (element: HTMLElement | null) => element?.scrollIntoView({ block: "nearest" });

function narrowed(picks: readonly Pick[], text: string): readonly Pick[] {
  const wanted = text.trim().toLowerCase();
  return picks.filter(({ label }) => label.toLowerCase().includes(wanted)).slice(0, SHOWN);
}
