"use client";

import { usePathname } from "next/navigation";
import { type ReactNode, useLayoutEffect, useMemo, useRef, useState } from "react";
import { cn } from "@/components/ui/cn";
import { CommandPalette } from "@/components/ui/command-palette";
import { KeyHintSheet } from "@/components/ui/key-hint-sheet";
import { KeySettingsDialog } from "@/components/ui/keys/key-settings-dialog";
import { useKeys } from "@/components/ui/keys/keys-context";
import { useKeyActions } from "@/components/ui/keys/use-key-actions";
import { MobileDrawer } from "./mobile-drawer";
import type { NavItem } from "./project-nav";
import type { ProjectLink } from "./project-switcher";
import { Sidebar, type SidebarProps } from "./sidebar";
import { SkipLink } from "./skip-link";
import { useFolded } from "./use-folded";
import { useShellCommands } from "./use-shell-commands";
import type { ShellUser } from "./user-menu";

type AppShellProps = {
  user: ShellUser;
  /** Null outside a project: the list of projects, the account. */
  project: ProjectLink | null;
  /** Those the reader can switch to. */
  projects: readonly ProjectLink[];
  /** What the reader's role may see, see `projectNav`. */
  items: readonly NavItem[];
  /** A server action or a browser function. */
  signOut: () => void | Promise<void>;
  accountHref?: string;
  newProjectHref?: string | undefined;
  /** `cookies().get(sidebarCookie)?.value === foldedValue` (sidebar-cookie.ts). */
  defaultFolded?: boolean;
  /** A `PageHeader` and a `PageBody`. */
  children: ReactNode;
};

/** The frame of every screen behind the sign-in: sidebar, palette (Ctrl+K), keys (?), and the page itself. */
export function AppShell(props: AppShellProps) {
  const {
    user,
    project,
    projects,
    items,
    signOut,
    accountHref = "/account",
    newProjectHref,
    defaultFolded = false,
    children,
  } = props;
  const [folded, toggleFolded] = useFolded(defaultFolded);
  const [open, setOpen] = useState<"drawer" | "commands" | "keys" | "key-settings" | null>(null);
  const opener = (name: NonNullable<typeof open>) => (shown: boolean) => setOpen(shown ? name : null);
  const canChangeKeys = useKeys().change !== null;
  const changeKeys = useMemo(() => (canChangeKeys ? () => setOpen("key-settings") : null), [canChangeKeys]);
  useShellCommands({ items, projects, changeKeys });
  useKeyActions({ actions: { "shell.sidebar": toggleFolded } });
  const page = useTopOfPage();

  const sidebar: Omit<SidebarProps, "folded"> = {
    user,
    project,
    projects,
    items,
    newProjectHref,
    accountHref,
    onSignOut: () => void signOut(),
    onShowKeys: () => setOpen("keys"),
    onShowCommands: () => setOpen("commands"),
  };

  return (
    <div className="flex h-dvh overflow-hidden bg-canvas">
      <SkipLink />
      <aside className={cn("hidden shrink-0 border-r md:block", folded ? "w-12" : "w-56")}>
        <Sidebar {...sidebar} folded={folded} onFold={toggleFolded} />
      </aside>
      <MobileDrawer open={open === "drawer"} onOpenChange={opener("drawer")}>
        <Sidebar {...sidebar} folded={false} onNavigate={() => setOpen(null)} />
      </MobileDrawer>
      <main
        ref={page}
        id="content"
        data-shell
        tabIndex={-1}
        className="flex min-w-0 flex-1 scroll-pt-18 flex-col overflow-y-auto bg-surface outline-none max-sm:scroll-pt-26"
      >
        {children}
      </main>
      <CommandPalette open={open === "commands"} onOpenChange={opener("commands")} />
      <KeyHintSheet open={open === "keys"} onOpenChange={opener("keys")} onChangeKeys={changeKeys} />
      <KeySettingsDialog open={open === "key-settings"} onOpenChange={opener("key-settings")} />
    </div>
  );
}

/** For what scrolls: each page begins at its top, however far the one before was scrolled. */
function useTopOfPage() {
  const scroller = useRef<HTMLElement>(null);
  const path = usePathname();
  const shown = useRef(path);
  useLayoutEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    scroller.current?.scrollTo(0, 0);
  }, [path]);
  return scroller;
}
