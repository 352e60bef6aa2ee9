"use client";

import { Tabs as RadixTabs } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { tabListLook, tabLook } from "./tabs-look";

type TabItem = {
  value: string;
  label: ReactNode /** How many things are behind the tab. */;
  count?: ReactNode;
};

type TabsProps = Omit<ComponentProps<typeof RadixTabs.Root>, "children"> & {
  /** What the tabs choose between. */
  label: string;
  items: readonly TabItem[];
  /** `TabPanel`s. */
  children: ReactNode;
};

/** Parts of one page, one at a time. Parts with an address of their own are `NavTabs`. */
export function Tabs({ label, items, children, className, ...rest }: TabsProps) {
  return (
    <RadixTabs.Root className={cn("flex min-h-0 flex-col", className)} {...rest}>
      <RadixTabs.List aria-label={label} className={tabListLook}>
        {items.map((item) => (
          <RadixTabs.Trigger key={item.value} value={item.value} className={tabLook}>
            {item.label}
            {item.count === undefined ? null : (
              <span className="tabular text-faint text-xs">{item.count}</span>
            )}
          </RadixTabs.Trigger>
        ))}
      </RadixTabs.List>
      {children}
    </RadixTabs.Root>
  );
}

export function TabPanel({ className, ...rest }: ComponentProps<typeof RadixTabs.Content>) {
  return <RadixTabs.Content className={cn("min-h-0 flex-1 pt-4 outline-offset-4", className)} {...rest} />;
}
