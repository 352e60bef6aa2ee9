import { cn } from "./cn";

const fills = {
  accent: "bg-accent",
  good: "bg-good",
  muted: "bg-text-faint",
  bad: "bg-bad",
  warn: "bg-warn",
} as const;

type ProgressPart = { value: number; tone: keyof typeof fills; name: string };

type ProgressBarProps = {
  /** What is counted: "Verified". */
  label: string;
  /** Parts from the left, in the unit of `total`. */
  parts: readonly ProgressPart[];
  total: number;
  className?: string;
};

/** How much of a known whole is done. The numbers stand beside it in text; the bar is only their picture. */
export function ProgressBar({ label, parts, total, className }: ProgressBarProps) {
  const done = parts.reduce((sum, part) => sum + part.value, 0);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={Math.min(done, total)}
      aria-valuetext={parts.map((part) => `${part.value} ${part.name}`).join(", ")}
      className={cn("flex h-1.5 w-full gap-px overflow-hidden rounded-full bg-line", className)}
    >
      {parts
        .filter((part) => part.value > 0)
        .map((part) => (
          <span
            key={part.name}
            className={cn("h-full", fills[part.tone])}
            style={{ width: `${total > 0 ? (100 * part.value) / total : 0}%` }}
          />
        ))}
    </div>
  );
}
