"use client";

import { Button, type ButtonProps } from "./button";
import { cn } from "./cn";
import { Tooltip } from "./tooltip";

type IconButtonProps = Omit<ButtonProps, "aria-label" | "title"> & {
  /** What it does, as a verb: read aloud and shown on hover. */
  label: string;
  /** The key that does the same. */
  keys?: string;
  tooltipSide?: "top" | "right" | "bottom" | "left";
};

/** A button that shows only an icon. Used where the icon is known (close, more, copy) or repeats in every row. */
export function IconButton({
  label,
  keys,
  tooltipSide,
  variant = "ghost",
  size = "md",
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip content={label} keys={keys} side={tooltipSide}>
      <Button
        aria-label={label}
        aria-keyshortcuts={keys}
        variant={variant}
        size={size}
        className={cn("px-0 [&_svg]:size-4", size === "sm" ? "w-6" : "w-control", className)}
        {...rest}
      />
    </Tooltip>
  );
}
