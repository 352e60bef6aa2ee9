"use client";

import { Tooltip as RadixTooltip } from "radix-ui";
import type { ReactNode } from "react";
import { Kbd } from "./kbd";

type TooltipProps = {
  content: ReactNode;
  /** The key that does the same, shown after the words. */
  keys?: string;
  side?: "top" | "right" | "bottom" | "left";
  align?: "start" | "center" | "end";
  /** One element that can take focus, or is made focusable by the caller when the content is not said elsewhere. */
  children: ReactNode;
};

/** A short explanation on hover and focus. It never holds the only way to do or know something important. */
export function Tooltip({ content, keys, side = "top", align = "center", children }: TooltipProps) {
  return (
    <RadixTooltip.Root>
      <RadixTooltip.Trigger asChild>{children}</RadixTooltip.Trigger>
      <RadixTooltip.Portal>
        <RadixTooltip.Content
          side={side}
          align={align}
          sideOffset={5}
          collisionPadding={8}
          className="z-50 flex max-w-72 items-center gap-2 rounded-md bg-overlay px-2 py-1 text-text text-xs shadow-float data-[state=delayed-open]:animate-appear"
        >
          {content}
          {keys ? <Kbd>{keys}</Kbd> : null}
        </RadixTooltip.Content>
      </RadixTooltip.Portal>
    </RadixTooltip.Root>
  );
}

/** Once, around the app: after the first tooltip the next ones open at once. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <RadixTooltip.Provider delayDuration={350} skipDelayDuration={200}>
      {children}
    </RadixTooltip.Provider>
  );
}
