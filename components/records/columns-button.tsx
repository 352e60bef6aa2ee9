"use client";

import { Link2 } from "lucide-react";
import { printRecordsAddress, type RecordsAddress } from "@/components/query/records-address";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import { ColumnMenu, type VirtualColumn } from "@/components/ui/virtual-table";
import type { RecordRow } from "@/contracts/records";
import type { ColumnsOfRecords } from "./use-columns";

type ColumnsButtonProps = {
  columns: readonly VirtualColumn<RecordRow>[];
  arranged: ColumnsOfRecords;
  address: RecordsAddress;
};

/** Which columns show and how; sent to a colleague as a link, or put back. */
export function ColumnsButton({ columns, arranged, address }: ColumnsButtonProps) {
  async function copyLink() {
    const { origin, pathname } = window.location;
    const search = printRecordsAddress({ ...address, view: arranged.view });
    try {
      await navigator.clipboard.writeText(`${origin}${pathname}?${search}`);
      toast("Link copied. Whoever opens it sees this search in these columns.");
    } catch {
      toast.error("The link could not be copied. Allow this page to use the clipboard.");
    }
  }
  return (
    <ColumnMenu columns={columns} state={arranged.state}>
      <Button variant="ghost" size="sm" onClick={() => void copyLink()}>
        <Link2 aria-hidden />
        Copy link to this view
      </Button>
      <Button variant="ghost" size="sm" onClick={arranged.reset}>
        Reset columns
      </Button>
    </ColumnMenu>
  );
}

/** Says that the columns are somebody else's, and offers to keep them. */
export function SharedView({ arranged }: { arranged: ColumnsOfRecords }) {
  return (
    <div
      role="status"
      className="flex min-h-10 shrink-0 flex-wrap items-center gap-2 border-b bg-accent-soft px-4 py-1"
    >
      <span className="min-w-0 flex-1">These columns came with the link. Yours are as you left them.</span>
      <Button size="sm" onClick={arranged.keep}>
        Keep this view
      </Button>
      <Button size="sm" variant="ghost" onClick={arranged.leave}>
        Use my columns
      </Button>
    </div>
  );
}
