"use client";

import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import { cn } from "@/components/ui/cn";
import { useFormat } from "@/components/ui/figure";
import { Tooltip } from "@/components/ui/tooltip";
import { NavIcon } from "./nav-icon";
import { currentItem, type NavItem, type NavKey } from "./project-nav";

/** A little room above the first screen of each phase of the work. */
const startsPhase: ReadonlySet<NavKey> = new Set(["records", "agents", "verify", "settings"]);

type SidebarNavProps = { items: readonly NavItem[]; folded: boolean; onNavigate?: () => void };

export function SidebarNav({ items, folded, onNavigate }: SidebarNavProps) {
  const current = currentItem(items, usePathname(), useSearchParams().get("subset"));
  return (
    <nav aria-label="Main" className="min-h-0 flex-1 overflow-y-auto p-2">
      <ul>
        {items.map((item) => (
          <li key={item.key} className={cn(startsPhase.has(item.key) && "pt-2.5 first:pt-0")}>
            <SidebarLink item={item} current={item === current} folded={folded} onNavigate={onNavigate} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

type SidebarLinkProps = {
  item: NavItem;
  current: boolean;
  folded: boolean;
  onNavigate: (() => void) | undefined;
};

function SidebarLink({ item, current, folded, onNavigate }: SidebarLinkProps) {
  const format = useFormat();
  const link = (
    <Link
      href={item.href}
      aria-current={current ? "page" : undefined}
      onClick={onNavigate}
      className={cn(
        "relative flex h-control items-center gap-2 rounded-md text-muted transition-colors hover:bg-raised hover:text-text",
        "aria-[current=page]:bg-raised aria-[current=page]:font-medium aria-[current=page]:text-text",
        folded ? "justify-center" : "px-2",
      )}
    >
      <NavIcon name={item.key} />
      <span className={cn("min-w-0 flex-1 truncate", folded && "sr-only")}>{item.label}</span>
      {item.count && !folded ? (
        <span className="tabular text-faint text-xs">{format.compact(item.count)}</span>
      ) : null}
      {item.count && folded ? (
        <span className="absolute top-1 right-1 size-1.5 rounded-full bg-accent">
          <span className="sr-only">{format.compact(item.count)}</span>
        </span>
      ) : null}
    </Link>
  );
  if (!folded) return link;
  return (
    <Tooltip content={item.label} side="right">
      {link}
    </Tooltip>
  );
}
