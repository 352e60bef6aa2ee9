"use client";

import { useMemo, useState } from "react";
import { type Command, useCommands } from "@/components/ui/commands";
import { ExportDialog } from "./export-dialog";

/** Offers the export on every page of a project, by the palette. */
export function ExportCommand({ project }: { project: string }) {
  const [open, setOpen] = useState(false);
  const commands = useMemo<Command[]>(
    () => [
      {
        id: "export",
        label: "Export records or labels",
        group: "Data",
        keywords: ["download", "csv", "parquet", "dataset card", "save as"],
        everywhere: true,
        run: () => setOpen(true),
      },
    ],
    [],
  );
  useCommands(commands);
  return open ? <ExportDialog project={project} onClose={() => setOpen(false)} /> : null;
}
