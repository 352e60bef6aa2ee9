import { cn } from "@/components/ui/cn";

/** The mark: an outlined square (an agent's label) and a filled one (a person's verdict), one behind the other. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 20 20" className={cn("size-5 shrink-0", className)}>
      <rect
        x="2"
        y="2"
        width="11"
        height="11"
        rx="2.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.75"
      />
      <rect x="7" y="7" width="11.5" height="11.5" rx="2.75" fill="var(--accent)" />
    </svg>
  );
}

export function Wordmark({ className }: { className?: string }) {
  return (
    <span
      className={cn(
        "inline-flex items-center gap-2 font-medium text-base text-text tracking-tight",
        className,
      )}
    >
      <LogoMark />
      Tandem
    </span>
  );
}
