"use client";

import { Ellipsis } from "lucide-react";
import Link from "next/link";
import { annotateHref } from "@/components/annotate/annotate-href";
import { DropdownMenu, MenuItem, MenuSeparator } from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { type ProjectRole, roleAllows } from "@/contracts/roles";
import type { Subset } from "@/contracts/subsets";

/** What asks something before it is done. */
export type SubsetAction = "sample" | "assign" | "rename" | "delete";

type SubsetMenuProps = {
  /** Slug. */
  project: string;
  subset: Subset;
  role: ProjectRole;
  /** Its records. */
  href: string;
  onAsk: (action: SubsetAction) => void;
};

/** What can be done with a subset, as far as the role goes. */
export function SubsetMenu({ project, subset, role, href, onAsk }: SubsetMenuProps) {
  const mayWrite = roleAllows(role, "subsets:write");
  return (
    <DropdownMenu
      trigger={
        <IconButton label={`More for ${subset.name}`}>
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      <MenuItem asChild>
        <Link href={href}>Open its records</Link>
      </MenuItem>
      {roleAllows(role, "annotations:write") ? (
        <MenuItem asChild>
          <Link href={annotateHref(project, { query: { subset: subset.id } })}>Label its records</Link>
        </MenuItem>
      ) : null}
      {roleAllows(role, "assignments:write") ? (
        <MenuItem onSelect={() => onAsk("assign")}>Assign to people</MenuItem>
      ) : null}
      {mayWrite ? (
        <>
          <MenuItem onSelect={() => onAsk("sample")}>Draw a sample of it</MenuItem>
          <MenuItem onSelect={() => onAsk("rename")}>Rename</MenuItem>
          <MenuSeparator />
          <MenuItem danger onSelect={() => onAsk("delete")}>
            Delete
          </MenuItem>
        </>
      ) : null}
    </DropdownMenu>
  );
}
