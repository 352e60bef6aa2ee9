import Link from "next/link";
import type { ComponentProps } from "react";

/** A link inside a sentence under a form. */
export function TextLink(props: ComponentProps<typeof Link>) {
  return <Link className="touch-target rounded-sm font-medium text-accent hover:underline" {...props} />;
}
