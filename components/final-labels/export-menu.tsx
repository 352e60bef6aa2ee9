"use client";

import { Download } from "lucide-react";
import { Fragment } from "react";
import { Button } from "@/components/ui/button";
import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/dropdown-menu";
import { type ExportChoice, exportHref } from "./export-href";

type ExportMenuProps = {
  project: string;
  label?: string | undefined;
  /** Of final labels; left out, the newest. */
  snapshot?: string | undefined;
  /** There is nothing final yet. */
  withoutFinal?: boolean;
};

/** Files of everything that is known here; each is written while it is downloaded, whatever its size. */
export function ExportMenu({ project, label, snapshot, withoutFinal = false }: ExportMenuProps) {
  const choices: { heading: string; choice: ExportChoice }[] = [
    ...(withoutFinal
      ? []
      : [{ heading: "Final labels with provenance", choice: { kind: "final" as const, label, snapshot } }]),
    { heading: "Every annotator's labels", choice: { kind: "annotations", label } },
    { heading: "Verdicts", choice: { kind: "verifications", label } },
    { heading: "Records with their metadata", choice: { kind: "records" } },
  ];
  return (
    <DropdownMenu
      trigger={
        <Button>
          <Download aria-hidden />
          Export
        </Button>
      }
    >
      {choices.map(({ heading, choice }, index) => (
        <Fragment key={choice.kind}>
          {index > 0 ? <MenuSeparator /> : null}
          <MenuLabel>{heading}</MenuLabel>
          {(["csv", "jsonl"] as const).map((format) => (
            <MenuItem key={format} asChild>
              <a href={exportHref(project, { ...choice, format })} download>
                {format === "csv" ? "CSV, for spreadsheets" : "JSON Lines, for programs"}
              </a>
            </MenuItem>
          ))}
        </Fragment>
      ))}
    </DropdownMenu>
  );
}
