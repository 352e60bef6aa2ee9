"use client";

import Link from "next/link";
import { type ReactNode, useEffect, useRef } from "react";
import { cn } from "./cn";
import { tabListLook, tabLook } from "./tabs-look";

type NavTabsProps = {
  label: string;
  items: readonly { href: string; label: ReactNode; count?: ReactNode; current: boolean }[];
  className?: string;
};

/** Tabs that are links: each part has its own address. */
export function NavTabs({ label, items, className }: NavTabsProps) {
  const list = useCurrentInSight(items.find(({ current }) => current)?.href);
  return (
    <nav ref={list} aria-label={label} className={cn(tabListLook, className)}>
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

/** For a list of tabs that scrolls sideways: brings the current one, when it changes, to its middle. */
function useCurrentInSight(current: string | undefined) {
  const list = useRef<HTMLElement>(null);
  useEffect(() => {
    const tab = current && list.current?.querySelector<HTMLElement>("[aria-current=page]");
    if (tab)
      list.current?.scrollTo({ left: tab.offsetLeft + (tab.offsetWidth - list.current.offsetWidth) / 2 });
  }, [current]);
  return list;
}
