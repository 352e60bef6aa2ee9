"use client";

import { PanelLeft, Search } from "lucide-react";
import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";
import { Kbd } from "@/components/ui/kbd";
import type { NavItem } from "./project-nav";
import { type ProjectLink, ProjectSwitcher } from "./project-switcher";
import { SidebarNav } from "./sidebar-nav";
import { type ShellUser, UserMenu } from "./user-menu";

export type SidebarProps = {
  user: ShellUser;
  project: ProjectLink | null;
  projects: readonly ProjectLink[];
  items: readonly NavItem[];
  newProjectHref?: string | undefined;
  accountHref: string;
  onSignOut: () => void;
  onShowKeys: () => void;
  onShowCommands: () => void;
  folded: boolean;
  /** Absent in the drawer, which can't fold. */
  onFold?: () => void;
  onNavigate?: () => void;
};

/** The contents of the sidebar, the same beside the page and in the drawer of a phone. */
export function Sidebar(props: SidebarProps) {
  const { user, project, projects, items, newProjectHref, accountHref, folded, onFold } = props;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="p-2 pb-0">
        <ProjectSwitcher
          project={project}
          projects={projects}
          newProjectHref={newProjectHref}
          folded={folded}
        />
        {folded ? (
          <IconButton
            label="Search and commands"
            keys="Ctrl+K"
            tooltipSide="right"
            className="mt-2 w-full"
            onClick={props.onShowCommands}
          >
            <Search aria-hidden />
          </IconButton>
        ) : (
          <button
            type="button"
            onClick={props.onShowCommands}
            className="mt-2 flex h-control w-full items-center gap-2 rounded-md border bg-surface px-2 text-faint transition-colors hover:text-text"
          >
            <Search aria-hidden className="size-3.5 shrink-0" />
            <span className="flex-1 text-left">Search or do…</span>
            <Kbd className="max-sm:hidden">Ctrl+K</Kbd>
          </button>
        )}
      </div>
      <SidebarNav items={items} folded={folded} onNavigate={props.onNavigate} />
      <div className={cn("flex items-center gap-1 border-t p-2", folded && "flex-col-reverse")}>
        <UserMenu
          user={user}
          accountHref={accountHref}
          onSignOut={props.onSignOut}
          onShowKeys={props.onShowKeys}
          folded={folded}
        />
        {onFold ? (
          <IconButton
            label={folded ? "Unfold sidebar" : "Fold sidebar"}
            keys="["
            tooltipSide="right"
            aria-expanded={!folded}
            onClick={onFold}
          >
            <PanelLeft aria-hidden />
          </IconButton>
        ) : null}
      </div>
    </div>
  );
}
