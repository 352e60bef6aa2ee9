"use client";

import { Check, ChevronDown } from "lucide-react";
import { Select as RadixSelect } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { fieldLook } from "./input";
import { menuItemLook, menuLook } from "./menu-look";

export type SelectOption<Value extends string = string> = {
  value: Value;
  label: ReactNode;
  /** A second, quieter line. */
  hint?: string;
  disabled?: boolean;
};

export type SelectProps<Value extends string> = {
  options: readonly SelectOption<Value>[];
  value?: Value | undefined;
  defaultValue?: Value;
  onValueChange?: (value: Value) => void;
  placeholder?: string;
  name?: string;
  id?: string;
  disabled?: boolean;
  required?: boolean;
  className?: string;
  "aria-label"?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
};

/** One of up to about fifteen known values. More of them, or unknown ones, want a search field. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const {
    options,
    value,
    defaultValue,
    onValueChange,
    placeholder = "Choose…",
    name,
    disabled,
    required,
    className,
    ...trigger
  } = props;
  return (
    <RadixSelect.Root
      {...(value === undefined ? {} : { value })}
      defaultValue={defaultValue}
      onValueChange={(next) => onValueChange?.(next as Value)}
      name={name}
      disabled={disabled}
      required={required}
    >
      <RadixSelect.Trigger
        {...trigger}
        className={cn(
          fieldLook,
          // Browsers count a button as read-only.
          "read-only:border-line-strong read-only:bg-surface disabled:read-only:border-line disabled:read-only:bg-raised",
          "inline-flex h-control items-center justify-between gap-2 px-2 text-left data-[placeholder]:text-faint",
          className,
        )}
      >
        <span className="truncate">
          <RadixSelect.Value placeholder={placeholder} />
        </span>
        <RadixSelect.Icon asChild>
          <ChevronDown aria-hidden className="size-3.5 shrink-0 text-faint" />
        </RadixSelect.Icon>
      </RadixSelect.Trigger>
      <RadixSelect.Portal>
        <RadixSelect.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className={cn(
            menuLook,
            "max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) max-w-96",
          )}
        >
          <RadixSelect.Viewport>
            {options.map((option) => (
              <RadixSelect.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled}
                className={cn(menuItemLook, "pr-7")}
              >
                <span className="min-w-0">
                  <RadixSelect.ItemText>{option.label}</RadixSelect.ItemText>
                  {option.hint ? <span className="block text-faint text-xs">{option.hint}</span> : null}
                </span>
                <RadixSelect.ItemIndicator className="absolute right-2">
                  <Check aria-hidden className="size-3.5" />
                </RadixSelect.ItemIndicator>
              </RadixSelect.Item>
            ))}
          </RadixSelect.Viewport>
        </RadixSelect.Content>
      </RadixSelect.Portal>
    </RadixSelect.Root>
  );
}
