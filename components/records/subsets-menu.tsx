"use client";

import { useMutation } from "@tanstack/react-query";
import { Bookmark, Ellipsis, Link2, Pencil, Trash2, UserPlus } from "lucide-react";
import { useState } from "react";
import { AssignDialog } from "@/components/assignments/assign-dialog";
import { recordsHref } from "@/components/query/records-address";
import { RenameSubsetDialog } from "@/components/subsets/rename-subset-dialog";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { DropdownMenu, MenuItem } from "@/components/ui/dropdown-menu";
import { Figure, useFormat } from "@/components/ui/figure";
import { IconButton } from "@/components/ui/icon-button";
import { SearchInput } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Popover } from "@/components/ui/popover";
import { toast } from "@/components/ui/toaster";
import type { Subset } from "@/contracts/subsets";
import { problemOf, useTRPC } from "@/trpc/client";
import { useRecordsView } from "./records-context";

type SubsetsMenuProps = {
  subsets: readonly Subset[];
  /** The subset that is shown now. */
  current: string | null;
  onOpen: (subset: Subset) => void;
  /** After one was renamed, given to people or deleted. */
  onChanged: () => void;
  onDeleted: (subset: Subset) => void;
};

type Opened = { what: "rename" | "assign" | "delete"; subset: Subset };

/** More than so many want a search field. */
const MANY = 8;

/** The saved subsets: each opens as a query, and is sent, renamed, given to people or deleted. */
export function SubsetsMenu({ subsets, current, onOpen, onChanged, onDeleted }: SubsetsMenuProps) {
  const { project } = useRecordsView();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const [opened, setOpened] = useState<Opened | null>(null);
  const close = () => setOpened(null);
  const wanted = text.trim().toLowerCase();
  const found = subsets.filter(({ name }) => name.toLowerCase().includes(wanted));
  const act = (what: Opened["what"], subset: Subset) => {
    setOpen(false);
    setOpened({ what, subset });
  };
  return (
    <>
      <Popover
        label="Saved subsets"
        open={open}
        onOpenChange={setOpen}
        className="w-96 max-w-[calc(100vw-1rem)] p-2"
        trigger={
          <Button variant="ghost">
            <Bookmark aria-hidden />
            Subsets
          </Button>
        }
      >
        {subsets.length > MANY ? (
          <SearchInput
            aria-label="Find a subset"
            placeholder="Find a subset"
            className="mb-1"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        ) : null}
        {subsets.length === 0 ? (
          <p className="p-1 text-muted">No subset yet. Search for records, then save them under a name.</p>
        ) : found.length === 0 ? (
          <p className="p-1 text-muted">No subset has this name.</p>
        ) : (
          <ul className="max-h-96 overflow-y-auto">
            {found.map((subset) => (
              <li key={subset.id} className="flex items-center gap-1 rounded-md hover:bg-raised">
                <button
                  type="button"
                  aria-current={subset.id === current}
                  className="flex min-h-control min-w-0 flex-1 items-center gap-2 rounded-md px-2 text-left aria-[current=true]:font-medium"
                  onClick={() => {
                    setOpen(false);
                    onOpen(subset);
                  }}
                >
                  <span className="min-w-0 flex-1 truncate">{subset.name}</span>
                  <Badge tone={subset.kind === "live" ? "accent" : "neutral"}>
                    {subset.sample ? "sample" : subset.kind}
                  </Badge>
                  <Figure value={subset.count} className="w-16 shrink-0 text-right text-muted text-xs" />
                </button>
                <SubsetMore subset={subset} onAct={act} />
              </li>
            ))}
          </ul>
        )}
      </Popover>
      {opened?.what === "rename" ? (
        <RenameSubsetDialog project={project.slug} subset={opened.subset} onClose={close} />
      ) : null}
      {opened?.what === "assign" ? (
        <AssignDialog
          project={project.slug}
          source={{ subset: opened.subset }}
          what={`${opened.subset.name}, ${format.counted(opened.subset.count, "record")}`}
          onClose={close}
          onAssigned={onChanged}
        />
      ) : null}
      {opened?.what === "delete" ? (
        <DeleteSubset
          subset={opened.subset}
          onClose={close}
          onDeleted={() => {
            close();
            onDeleted(opened.subset);
          }}
        />
      ) : null}
    </>
  );
}

type SubsetMoreProps = { subset: Subset; onAct: (what: Opened["what"], subset: Subset) => void };

/** What can be done with one subset. */
function SubsetMore({ subset, onAct }: SubsetMoreProps) {
  const { project, may } = useRecordsView();
  async function copyLink() {
    const link = `${window.location.origin}${recordsHref(project.slug, { query: { subset: subset.id } })}`;
    try {
      await navigator.clipboard.writeText(link);
      toast(`Link to ${subset.name} copied`);
    } catch {
      toast.error("The link could not be copied. Allow this page to use the clipboard.");
    }
  }
  return (
    <DropdownMenu
      trigger={
        <IconButton label={`More for ${subset.name}`} size="sm">
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      <MenuItem onSelect={() => void copyLink()}>
        <Link2 aria-hidden />
        Copy link
      </MenuItem>
      {may("subsets:write") ? (
        <MenuItem onSelect={() => onAct("rename", subset)}>
          <Pencil aria-hidden />
          Rename…
        </MenuItem>
      ) : null}
      {may("assignments:write") ? (
        <MenuItem onSelect={() => onAct("assign", subset)}>
          <UserPlus aria-hidden />
          Assign…
        </MenuItem>
      ) : null}
      {may("subsets:write") ? (
        <MenuItem danger onSelect={() => onAct("delete", subset)}>
          <Trash2 aria-hidden />
          Delete…
        </MenuItem>
      ) : null}
    </DropdownMenu>
  );
}

type DeleteSubsetProps = { subset: Subset; onClose: () => void; onDeleted: () => void };

function DeleteSubset({ subset, onClose, onDeleted }: DeleteSubsetProps) {
  const { project } = useRecordsView();
  const trpc = useTRPC();
  const remove = useMutation(trpc.subsets.delete.mutationOptions({ onSuccess: onDeleted }));
  const people = subset.assigned.total;
  const given =
    people === 0
      ? ""
      : ` It is taken back from ${people === 1 ? "the person who has it" : `the ${people} people who have it`}; their labels stay.`;
  return (
    <ConfirmDialog
      open
      onOpenChange={(shown) => {
        if (!shown) onClose();
      }}
      title={`Delete subset ${subset.name}?`}
      description={`Its records stay, and so do jobs and sessions that began with it.${given}`}
      verb="Delete subset"
      danger
      busy={remove.isPending}
      onConfirm={() =>
        remove.mutate({ project: project.slug, id: subset.id, ...(people > 0 ? { withdraw: true } : {}) })
      }
    >
      {remove.error ? <Notice tone="bad">{problemOf(remove.error).detail}</Notice> : null}
    </ConfirmDialog>
  );
}
