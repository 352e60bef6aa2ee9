"use client";

import { Check, ChevronsUpDown, Plus } from "lucide-react";
import Link from "next/link";
import { cn } from "@/components/ui/cn";
import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/dropdown-menu";
import { LogoMark } from "./logo";

export type ProjectLink = { id: string; slug: string; name: string };

type ProjectSwitcherProps = {
  project: ProjectLink | null;
  projects: readonly ProjectLink[];
  /** Absent when the reader may not create projects. */
  newProjectHref?: string | undefined;
  folded: boolean;
};

export function ProjectSwitcher({ project, projects, newProjectHref, folded }: ProjectSwitcherProps) {
  return (
    <DropdownMenu
      align="start"
      className="w-60"
      trigger={
        <button
          type="button"
          className={cn(
            "flex h-8 w-full items-center gap-2 rounded-md text-left hover:bg-raised data-[state=open]:bg-raised max-sm:h-control",
            folded ? "justify-center" : "px-1.5",
          )}
        >
          <LogoMark />
          <span className={cn("min-w-0 flex-1 truncate font-medium", folded && "sr-only")}>
            {project?.name ?? "Tandem"}
            <span className="sr-only">, switch project</span>
          </span>
          {folded ? null : <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-faint" />}
        </button>
      }
    >
      <MenuLabel>Projects</MenuLabel>
      {projects.map((other) => (
        <MenuItem key={other.id} asChild>
          <Link href={`/p/${other.slug}`} aria-current={other.id === project?.id ? "page" : undefined}>
            <span className="min-w-0 flex-1 truncate">{other.name}</span>
            {other.id === project?.id ? <Check aria-hidden /> : null}
          </Link>
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem asChild>
        <Link href="/projects">All projects</Link>
      </MenuItem>
      {newProjectHref ? (
        <MenuItem asChild>
          <Link href={newProjectHref}>
            <Plus aria-hidden />
            Create project
          </Link>
        </MenuItem>
      ) : null}
    </DropdownMenu>
  );
}
