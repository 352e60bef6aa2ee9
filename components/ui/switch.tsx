"use client";

import { Switch as RadixSwitch } from "radix-ui";
import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "./cn";

type SwitchProps = ComponentProps<typeof RadixSwitch.Root> & {
  /** Visible words beside the switch; without them give `aria-label`. */
  label?: ReactNode;
};

/** On or off, in force at once. A choice that waits for "Save" is a checkbox. */
export function Switch({ label, className, id: givenId, ...rest }: SwitchProps) {
  const ownId = useId();
  const id = givenId ?? ownId;
  const control = (
    <RadixSwitch.Root
      id={id}
      className={cn(
        "touch-target inline-flex h-4 w-7 shrink-0 items-center rounded-full border border-line-strong bg-raised p-px transition-colors disabled:opacity-45",
        "data-[state=checked]:border-accent data-[state=checked]:bg-accent",
        className,
      )}
      {...rest}
    >
      <RadixSwitch.Thumb className="size-3 rounded-full bg-text-faint transition-transform data-[state=checked]:translate-x-3 data-[state=checked]:bg-on-accent" />
    </RadixSwitch.Root>
  );
  if (!label) return control;
  return (
    <span className="inline-flex min-h-control items-center gap-2">
      {control}
      <label htmlFor={id}>{label}</label>
    </span>
  );
}
