import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "./cn";

const badgeVariants = cva(
  "inline-flex h-5 shrink-0 items-center gap-1 whitespace-nowrap rounded-sm px-1.5 text-xs [&_svg]:size-3",
  {
    variants: {
      tone: {
        neutral: "bg-raised text-muted",
        accent: "bg-accent-soft text-accent",
        good: "bg-good-soft text-good",
        warn: "bg-warn-soft text-warn",
        bad: "bg-bad-soft text-bad",
      },
    },
    defaultVariants: { tone: "neutral" },
  },
);

/** A state in one or two words: "Running", "Archived". A label's option is an `OptionChip`, never a badge. */
export function Badge({
  tone,
  className,
  ...rest
}: ComponentProps<"span"> & VariantProps<typeof badgeVariants>) {
  return <span className={cn(badgeVariants({ tone }), className)} {...rest} />;
}

const dotTones = {
  neutral: "bg-text-faint",
  accent: "bg-accent",
  good: "bg-good",
  warn: "bg-warn",
  bad: "bg-bad",
} as const;

type StatusProps = {
  tone?: keyof typeof dotTones;
  /** The state changes while one looks: the dot breathes. */
  live?: boolean;
  children: string;
};

/** A state in a table's row: quieter than a badge, a dot and a word. */
export function Status({ tone = "neutral", live = false, children }: StatusProps) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap align-bottom">
      <span aria-hidden className={cn("size-1.5 rounded-full", dotTones[tone], live && "animate-breathe")} />
      {children}
    </span>
  );
}
