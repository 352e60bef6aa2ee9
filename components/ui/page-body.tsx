import type { ReactNode } from "react";
import { cn } from "./cn";

const layouts = {
  /** Reads from top to bottom: sections, forms, charts. */
  flow: "mx-auto w-full max-w-6xl px-4 py-6 sm:px-6",
  /** Fills what is left of the window and scrolls inside: tables, the session, the studio. */
  fill: "flex min-h-0 flex-1 flex-col",
} as const;

type PageBodyProps = { layout?: keyof typeof layouts; className?: string; children: ReactNode };

/** All that is below the `PageHeader`. */
export function PageBody({ layout = "flow", className, children }: PageBodyProps) {
  return <div className={cn(layouts[layout], className)}>{children}</div>;
}
