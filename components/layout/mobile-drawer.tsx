"use client";

import { Menu } from "lucide-react";
import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { overlayLook } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";

type MobileDrawerProps = { open: boolean; onOpenChange: (open: boolean) => void; children: ReactNode };

/** Holds the sidebar on narrow windows. Its button lies in the header line, which leaves room for it. */
export function MobileDrawer({ open, onOpenChange, children }: MobileDrawerProps) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Trigger asChild>
        <IconButton
          label="Open menu"
          tooltipSide="bottom"
          className="fixed top-0 left-1 z-30 size-11 max-sm:top-1 md:hidden"
        >
          <Menu aria-hidden />
        </IconButton>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className={overlayLook} />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-50 w-72 max-w-[85vw] bg-canvas shadow-float outline-none data-[state=open]:animate-slide-right"
        >
          <Dialog.Title className="sr-only">Menu</Dialog.Title>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
