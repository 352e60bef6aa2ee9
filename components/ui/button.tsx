import { cva, type VariantProps } from "class-variance-authority";
import Link from "next/link";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export const buttonVariants = cva(
  [
    "inline-flex shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-md font-medium select-none",
    "transition-colors disabled:pointer-events-none disabled:opacity-45 aria-disabled:pointer-events-none aria-disabled:opacity-45",
    "[&_svg]:size-3.5 [&_svg]:shrink-0",
  ],
  {
    variants: {
      variant: {
        primary: "bg-accent text-on-accent hover:bg-accent/88 active:bg-accent/80",
        secondary: "border bg-surface text-text hover:bg-raised active:bg-line data-[state=open]:bg-raised",
        ghost: "text-muted hover:bg-raised hover:text-text active:bg-line data-[state=open]:bg-raised",
        danger: "border bg-surface text-bad hover:bg-bad-soft active:bg-bad-soft",
        "danger-solid": "bg-bad text-surface hover:bg-bad/88 active:bg-bad/80",
      },
      size: {
        sm: "h-6 px-2 text-xs touch-target",
        md: "h-control px-2.5 text-sm",
        lg: "h-9 px-3.5 text-sm max-sm:h-control",
      },
    },
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

type ButtonLook = VariantProps<typeof buttonVariants>;
export type ButtonProps = ComponentProps<"button"> &
  ButtonLook & {
    /** Work is under way: the button keeps its width and words, and takes no second click. */
    busy?: boolean;
  };

/** One verb and what it acts on ("Verify 212 labels"). `primary` at most once a screen. */
export function Button({
  variant,
  size,
  busy = false,
  className,
  type = "button",
  disabled,
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      className={cn(
        buttonVariants({ variant, size }),
        busy && "animate-breathe disabled:opacity-100",
        className,
      )}
      {...rest}
    />
  );
}

/** Looks like a button, goes to a page. */
export function ButtonLink({ variant, size, className, ...rest }: ComponentProps<typeof Link> & ButtonLook) {
  return <Link className={cn(buttonVariants({ variant, size }), className)} {...rest} />;
}

/** Looks like a button, downloads a file. */
export function DownloadButton({ variant, size, className, ...rest }: ComponentProps<"a"> & ButtonLook) {
  return <a download className={cn(buttonVariants({ variant, size }), className)} {...rest} />;
}
