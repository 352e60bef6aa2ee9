"use client";

import { Check, Minus } from "lucide-react";
import { Checkbox as RadixCheckbox } from "radix-ui";
import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "./cn";

type CheckboxProps = ComponentProps<typeof RadixCheckbox.Root> & {
  /** Visible words beside the box; without them give `aria-label`. */
  label?: ReactNode;
  hint?: ReactNode;
};

/** Yes or no, applied when the form is sent; "indeterminate" when only some of a set are on. */
export function Checkbox({ label, hint, className, id: givenId, ...rest }: CheckboxProps) {
  const ownId = useId();
  const id = givenId ?? ownId;
  const box = (
    <RadixCheckbox.Root
      id={id}
      aria-describedby={hint ? `${id}-hint` : undefined}
      className={cn(
        "touch-target inline-flex size-4 shrink-0 items-center justify-center rounded-sm border border-line-strong bg-surface text-on-accent transition-colors",
        "hover:border-text-faint disabled:cursor-not-allowed disabled:border-line disabled:bg-raised",
        "data-[state=checked]:border-accent data-[state=indeterminate]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:bg-accent",
        className,
      )}
      {...rest}
    >
      <RadixCheckbox.Indicator className="group">
        <Check aria-hidden strokeWidth={3} className="size-3 group-data-[state=indeterminate]:hidden" />
        <Minus aria-hidden strokeWidth={3} className="hidden size-3 group-data-[state=indeterminate]:block" />
      </RadixCheckbox.Indicator>
    </RadixCheckbox.Root>
  );
  if (!label) return box;
  return (
    <div className="flex min-h-control items-start gap-2 py-1">
      <span className="flex h-5 items-center">{box}</span>
      <span>
        <label htmlFor={id}>{label}</label>
        {hint ? (
          <span id={`${id}-hint`} className="block text-faint text-xs">
            {hint}
          </span>
        ) : null}
      </span>
    </div>
  );
}
