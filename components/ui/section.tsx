import { type ReactNode, useId } from "react";
import { cn } from "./cn";

type SectionProps = {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  /** `wide`: title above; `form`: title and description left, the fields right. */
  layout?: "wide" | "form";
  className?: string;
  children: ReactNode;
};

/** A part of a page under its own heading, parted from the next by a line rather than a box. */
export function Section({ title, description, actions, layout = "wide", className, children }: SectionProps) {
  const id = useId();
  const form = layout === "form";
  return (
    <section
      aria-labelledby={id}
      className={cn(
        "border-b py-6 first:pt-0 last:border-0",
        form && "grid gap-x-10 gap-y-4 lg:grid-cols-[14rem_minmax(0,36rem)]",
        className,
      )}
    >
      <header className={cn("flex items-start gap-3", !form && "mb-3")}>
        <div className="min-w-0 flex-1">
          <h2 id={id} className="text-sm">
            {title}
          </h2>
          {description ? <p className="mt-0.5 max-w-prose text-muted">{description}</p> : null}
          {form && actions ? <div className="mt-3 flex gap-2">{actions}</div> : null}
        </div>
        {!form && actions ? <div className="flex shrink-0 items-center gap-2">{actions}</div> : null}
      </header>
      <div className="min-w-0">{children}</div>
    </section>
  );
}
