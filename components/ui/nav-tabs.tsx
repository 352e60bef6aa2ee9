import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { tabListLook, tabLook } from "./tabs-look";

type NavTabsProps = {
  label: string;
  items: readonly { href: string; label: ReactNode; count?: ReactNode; current: boolean }[];
  className?: string;
};

/** Tabs that are links: each part has its own address. */
export function NavTabs({ label, items, className }: NavTabsProps) {
  return (
    <nav aria-label={label} className={cn(tabListLook, className)}>
      {items.map((item) => (
        <Link
          key={item.href}
          href={item.href}
          aria-current={item.current ? "page" : undefined}
          className={tabLook}
        >
          {item.label}
          {item.count === undefined ? null : <span className="tabular text-faint text-xs">{item.count}</span>}
        </Link>
      ))}
    </nav>
  );
}
