"use client";

import { Check } from "lucide-react";
import { DropdownMenu as RadixMenu } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { Kbd } from "./kbd";
import { menuItemLook, menuLook } from "./menu-look";

type DropdownMenuProps = {
  /** The button that opens it. */
  trigger: ReactNode;
  align?: "start" | "center" | "end";
  side?: "top" | "right" | "bottom" | "left";
  className?: string;
  children: ReactNode;
};

/** Actions on the thing it belongs to; the frequent one stands outside as a button. */
export function DropdownMenu({
  trigger,
  align = "end",
  side = "bottom",
  className,
  children,
}: DropdownMenuProps) {
  return (
    <RadixMenu.Root>
      <RadixMenu.Trigger asChild>{trigger}</RadixMenu.Trigger>
      <RadixMenu.Portal>
        <RadixMenu.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className={cn(menuLook, "max-h-(--radix-dropdown-menu-content-available-height)", className)}
        >
          {children}
        </RadixMenu.Content>
      </RadixMenu.Portal>
    </RadixMenu.Root>
  );
}

type MenuItemProps = ComponentProps<typeof RadixMenu.Item> & { keys?: string; danger?: boolean };

export function MenuItem({ keys, danger = false, className, children, asChild, ...rest }: MenuItemProps) {
  const look = cn(menuItemLook, danger && "text-bad [&_svg]:text-bad", className);
  if (asChild) {
    return (
      <RadixMenu.Item asChild className={look} {...rest}>
        {children}
      </RadixMenu.Item>
    );
  }
  return (
    <RadixMenu.Item className={look} {...rest}>
      {children}
      {keys ? <Kbd className="ml-auto pl-4">{keys}</Kbd> : null}
    </RadixMenu.Item>
  );
}

type MenuRadioProps<Value extends string> = {
  value: Value;
  onValueChange: (value: Value) => void;
  options: readonly { value: Value; label: ReactNode }[];
};

export function MenuRadio<Value extends string>({ value, onValueChange, options }: MenuRadioProps<Value>) {
  return (
    <RadixMenu.RadioGroup value={value} onValueChange={(next) => onValueChange(next as Value)}>
      {options.map((option) => (
        <RadixMenu.RadioItem key={option.value} value={option.value} className={cn(menuItemLook, "pr-7")}>
          {option.label}
          <RadixMenu.ItemIndicator className="absolute right-2">
            <Check aria-hidden />
          </RadixMenu.ItemIndicator>
        </RadixMenu.RadioItem>
      ))}
    </RadixMenu.RadioGroup>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <RadixMenu.Label className="px-2 pt-1.5 pb-1 text-faint text-xs">{children}</RadixMenu.Label>;
}

export function MenuSeparator() {
  return <RadixMenu.Separator className="-mx-1 my-1 h-px bg-line" />;
}
