"use client";

import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import { useTheme } from "next-themes";
import { Toaster as Sonner } from "sonner";

export { toast } from "sonner";

/** Where `toast(…)` shows. A toast tells what was done and offers "Undo"; it never asks and never holds an error that must be read. */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-right"
      // Above the bar at the end of a page, which may hold what one does next.
      offset={{ bottom: "4rem", right: "1.5rem" }}
      mobileOffset={{ bottom: "5rem" }}
      gap={8}
      visibleToasts={3}
      icons={{
        success: <CircleCheck className="size-4 text-good" />,
        error: <CircleAlert className="size-4 text-bad" />,
        warning: <TriangleAlert className="size-4 text-warn" />,
        info: <Info className="size-4 text-accent" />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-center gap-2 rounded-lg bg-overlay px-3 py-2.5 font-sans text-sm text-text shadow-float sm:w-88",
          content: "min-w-0 flex-1",
          title: "font-normal",
          description: "text-muted text-xs",
          actionButton: "shrink-0 rounded-md px-2 py-1 font-medium text-accent hover:bg-accent-soft",
          cancelButton: "shrink-0 rounded-md px-2 py-1 text-muted hover:bg-raised",
          closeButton: "text-faint",
        },
      }}
    />
  );
}
