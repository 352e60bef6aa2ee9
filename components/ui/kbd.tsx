import { cn } from "./cn";

/** The name of a key. Several keys of one chord are joined by "+": `Ctrl+K`. */
export function Kbd({ children, className }: { children: string; className?: string }) {
  return (
    <kbd className={cn("inline-flex shrink-0 items-center gap-0.5 font-sans", className)}>
      {splitChord(children).map((key) => (
        <span
          key={key}
          className="inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-sm border bg-raised px-1 text-2xs text-muted leading-none"
        >
          {key}
        </span>
      ))}
    </kbd>
  );
}

function splitChord(chord: string): string[] {
  return chord.length > 1 ? chord.split("+") : [chord];
}
