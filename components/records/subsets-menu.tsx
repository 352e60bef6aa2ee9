"use client";

import { useMutation } from "@tanstack/react-query";
import { Bookmark, Trash2 } from "lucide-react";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Figure } from "@/components/ui/figure";
import { IconButton } from "@/components/ui/icon-button";
import { Notice } from "@/components/ui/notice";
import { Popover } from "@/components/ui/popover";
import type { Subset } from "@/contracts/subsets";
import { problemOf, useTRPC } from "@/trpc/client";
import { useRecordsView } from "./records-context";

type SubsetsMenuProps = {
  subsets: readonly Subset[];
  onOpen: (subset: Subset) => void;
  /** After one was deleted. */
  onDeleted: (subset: Subset) => void;
};

/** The saved subsets: each opens as a query. */
export function SubsetsMenu({ subsets, onOpen, onDeleted }: SubsetsMenuProps) {
  const { project, may } = useRecordsView();
  const trpc = useTRPC();
  const [open, setOpen] = useState(false);
  const [leaving, setLeaving] = useState<Subset | null>(null);
  const remove = useMutation(
    trpc.subsets.delete.mutationOptions({
      onSuccess: () => {
        if (leaving) onDeleted(leaving);
        setLeaving(null);
      },
    }),
  );
  return (
    <>
      <Popover
        label="Saved subsets"
        open={open}
        onOpenChange={setOpen}
        className="w-88 p-2"
        trigger={
          <Button variant="ghost">
            <Bookmark aria-hidden />
            Subsets
          </Button>
        }
      >
        {subsets.length === 0 ? (
          <p className="p-1 text-muted">No subset yet. Search for records, then save them under a name.</p>
        ) : (
          <ul className="max-h-96 overflow-y-auto">
            {subsets.map((subset) => (
              <li key={subset.id} className="flex items-center gap-1 rounded-md hover:bg-raised">
                <button
                  type="button"
                  className="flex min-h-control min-w-0 flex-1 items-center gap-2 rounded-md px-2 text-left"
                  onClick={() => {
                    setOpen(false);
                    onOpen(subset);
                  }}
                >
                  <span className="min-w-0 flex-1 truncate">{subset.name}</span>
                  <Badge>{subset.kind}</Badge>
                  <Figure value={subset.count} className="text-muted text-xs" />
                </button>
                {may("subsets:write") ? (
                  <IconButton label={`Delete ${subset.name}`} size="sm" onClick={() => setLeaving(subset)}>
                    <Trash2 aria-hidden />
                  </IconButton>
                ) : null}
              </li>
            ))}
          </ul>
        )}
      </Popover>
      <ConfirmDialog
        open={leaving !== null}
        onOpenChange={(shown) => {
          if (!shown) setLeaving(null);
          remove.reset();
        }}
        title={`Delete subset ${leaving?.name ?? ""}?`}
        description="Its records stay, and so do jobs and sessions that began with it."
        verb="Delete subset"
        danger
        busy={remove.isPending}
        onConfirm={() => leaving && remove.mutate({ project: project.slug, id: leaving.id })}
      >
        {remove.error ? <Notice tone="bad">{problemOf(remove.error).detail}</Notice> : null}
      </ConfirmDialog>
    </>
  );
}
