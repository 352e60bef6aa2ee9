"use client";

import { RadioGroup as RadixRadioGroup } from "radix-ui";
import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "./cn";

export type RadioOption<Value extends string = string> = {
  value: Value;
  label: ReactNode;
  hint?: ReactNode;
  disabled?: boolean;
};

type RadioGroupProps<Value extends string> = Omit<
  ComponentProps<typeof RadixRadioGroup.Root>,
  "value" | "defaultValue" | "onValueChange" | "children"
> & {
  options: readonly RadioOption<Value>[];
  value?: Value;
  defaultValue?: Value;
  onValueChange?: (value: Value) => void;
};

/** One of two to five choices that deserve a word of explanation each. */
export function RadioGroup<Value extends string>({
  options,
  onValueChange,
  className,
  ...rest
}: RadioGroupProps<Value>) {
  const group = useId();
  return (
    <RadixRadioGroup.Root
      className={cn("flex flex-col", className)}
      onValueChange={(value) => onValueChange?.(value as Value)}
      {...rest}
    >
      {options.map(({ value, label, hint, disabled }) => {
        const id = `${group}-${value}`;
        return (
          <div key={value} className="flex min-h-control items-start gap-2 py-1">
            <span className="flex h-5 items-center">
              <RadixRadioGroup.Item
                id={id}
                value={value}
                disabled={disabled}
                aria-describedby={hint ? `${id}-hint` : undefined}
                className="touch-target inline-flex size-4 items-center justify-center rounded-full border border-line-strong bg-surface transition-colors hover:border-text-faint disabled:border-line disabled:bg-raised data-[state=checked]:border-accent data-[state=checked]:bg-accent"
              >
                <RadixRadioGroup.Indicator className="size-1.5 rounded-full bg-on-accent" />
              </RadixRadioGroup.Item>
            </span>
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
      })}
    </RadixRadioGroup.Root>
  );
}
