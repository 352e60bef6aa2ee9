"use client";

import { X } from "lucide-react";
import { Dialog as RadixDialog } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { focusFirstField, overlayLook } from "./dialog";
import { returnFocus } from "./focus-return";
import { IconButton } from "./icon-button";

type SheetProps = {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  trigger?: ReactNode;
  title: ReactNode;
  description?: ReactNode;
  side?: "right" | "left";
  size?: "md" | "lg";
  /** False: the page behind stays usable, e.g. a record's details while moving through the table. */
  modal?: boolean;
  /** Beside the title: previous, next, menu. */
  actions?: ReactNode;
  footer?: ReactNode;
  children: ReactNode;
};

const besideThePage = {
  onInteractOutside: (event: Event) => event.preventDefault(),
  // On the sheet rather than its first button, whose tooltip would open and take the first Escape.
  onOpenAutoFocus: (event: Event) => {
    event.preventDefault();
    if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
  },
};

/** A drawer at the edge for the details of one thing while its list stays in sight. Full width on a phone. */
export function Sheet(props: SheetProps) {
  const {
    open,
    onOpenChange,
    trigger,
    title,
    description,
    side = "right",
    size = "md",
    modal = true,
    actions,
    footer,
    children,
  } = props;
  return (
    <RadixDialog.Root open={open} onOpenChange={onOpenChange} modal={modal}>
      {trigger ? <RadixDialog.Trigger asChild>{trigger}</RadixDialog.Trigger> : null}
      <RadixDialog.Portal>
        {modal ? <RadixDialog.Overlay className={overlayLook} /> : null}
        <RadixDialog.Content
          {...(description ? {} : { "aria-describedby": undefined })}
          {...(modal ? { onOpenAutoFocus: focusFirstField } : besideThePage)}
          {...(trigger ? {} : { onCloseAutoFocus: returnFocus })}
          className={cn(
            "fixed inset-y-0 z-40 flex w-full flex-col bg-overlay shadow-float outline-none",
            size === "md" ? "sm:w-[28rem]" : "sm:w-[40rem]",
            side === "right"
              ? "right-0 data-[state=open]:animate-slide-left"
              : "left-0 data-[state=open]:animate-slide-right",
          )}
        >
          <header className="flex h-11 shrink-0 items-center gap-2 border-b px-4 max-sm:gap-0">
            <RadixDialog.Title className="min-w-0 flex-1 truncate text-sm">{title}</RadixDialog.Title>
            {actions}
            <RadixDialog.Close asChild>
              <IconButton label="Close" keys="Esc" tooltipSide="bottom" className="-mr-1.5">
                <X aria-hidden />
              </IconButton>
            </RadixDialog.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto p-4">
            {description ? (
              <RadixDialog.Description className="mb-3 text-muted">{description}</RadixDialog.Description>
            ) : null}
            {children}
          </div>
          {footer ? (
            <footer className="flex items-center justify-end gap-2 border-t px-4 py-3">{footer}</footer>
          ) : null}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}
