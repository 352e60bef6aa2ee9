import { cn } from "./cn";

export const tabListLook = "fade-sideways flex shrink-0 gap-4 overflow-x-auto border-b";

export const tabLook = cn(
  "focus-inset -mb-px inline-flex h-9 shrink-0 items-center gap-1.5 whitespace-nowrap border-transparent border-b-2 text-muted transition-colors hover:text-text max-sm:h-control",
  "data-[state=active]:border-accent data-[state=active]:text-text aria-[current=page]:border-accent aria-[current=page]:text-text",
);
