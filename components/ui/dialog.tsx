"use client";

import { X } from "lucide-react";
import { Dialog as RadixDialog } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { returnFocus } from "./focus-return";
import { IconButton } from "./icon-button";

export const overlayLook = "fixed inset-0 z-40 bg-scrim data-[state=open]:animate-appear";

const fields = "input:not(:disabled, [aria-hidden]), textarea:not(:disabled), [role=combobox]:not(:disabled)";

/**
 * Where the keyboard goes when something modal opens: to its first field, else to itself. Never to "Close", whose
 * tooltip would open and take the first Escape.
 */
export function focusFirstField(event: Event): void {
  event.preventDefault();
  const { currentTarget } = event;
  if (!(currentTarget instanceof HTMLElement)) return;
  const field = currentTarget.querySelector<HTMLElement>(fields);
  (field ?? currentTarget).focus();
}

type DialogProps = {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** An element that opens it; without one the caller holds `open`. */
  trigger?: ReactNode;
  title: ReactNode;
  description?: ReactNode;
  size?: "sm" | "md" | "lg" | "xl";
  /** Buttons, the verb last. */
  footer?: ReactNode;
  children?: ReactNode;
};

const widths = { sm: "sm:max-w-sm", md: "sm:max-w-lg", lg: "sm:max-w-2xl", xl: "sm:max-w-4xl" };

/** A question that must be answered before going on. Anything to read beside the page is a `Sheet`. */
export function Dialog({
  open,
  onOpenChange,
  trigger,
  title,
  description,
  size = "md",
  footer,
  children,
}: DialogProps) {
  return (
    <RadixDialog.Root open={open} onOpenChange={onOpenChange}>
      {trigger ? <RadixDialog.Trigger asChild>{trigger}</RadixDialog.Trigger> : null}
      <RadixDialog.Portal>
        <RadixDialog.Overlay className={overlayLook} />
        <RadixDialog.Content
          {...(description ? {} : { "aria-describedby": undefined })}
          onOpenAutoFocus={focusFirstField}
          {...(trigger ? {} : { onCloseAutoFocus: returnFocus })}
          className={cn(
            "fixed z-50 flex max-h-[85dvh] flex-col rounded-xl bg-overlay shadow-float outline-none data-[state=open]:animate-rise",
            "inset-x-2 bottom-2 sm:inset-x-0 sm:top-[12vh] sm:bottom-auto sm:mx-auto sm:w-[calc(100%-2rem)]",
            widths[size],
          )}
        >
          <header className="flex items-start gap-3 px-4 pt-3.5 pb-2">
            <div className="min-w-0 flex-1">
              <RadixDialog.Title className="text-base text-text">{title}</RadixDialog.Title>
              {description ? (
                <RadixDialog.Description className="mt-0.5 text-muted">{description}</RadixDialog.Description>
              ) : null}
            </div>
            <RadixDialog.Close asChild>
              <IconButton label="Close" keys="Esc" className="-mt-0.5 -mr-1.5">
                <X aria-hidden />
              </IconButton>
            </RadixDialog.Close>
          </header>
          {children ? <div className="min-h-0 flex-1 overflow-y-auto px-4 py-2">{children}</div> : null}
          {footer ? (
            <footer className="flex flex-wrap items-center justify-end gap-2 px-4 pt-2 pb-4">{footer}</footer>
          ) : null}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}
