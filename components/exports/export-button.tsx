"use client";

import { Download } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ExportDialog, type ExportDialogProps } from "./export-dialog";

/** Opens the export of what the page shows. */
export function ExportButton({
  className,
  ...what
}: Omit<ExportDialogProps, "onClose"> & { className?: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button className={className} onClick={() => setOpen(true)}>
        <Download aria-hidden />
        Export
      </Button>
      {open ? <ExportDialog {...what} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
