"use client";

import { useFormat } from "@/components/ui/figure";
import { Select } from "@/components/ui/select";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { ImportPreview, ImportType } from "@/contracts/imports";
import type { MetadataVisibility } from "@/contracts/projects";
import { type ColumnChoice, type ColumnRole, choosableTypes, withRole } from "./mapping";

const roles: readonly { value: ColumnRole; label: string }[] = [
  { value: "content", label: "Text" },
  { value: "id", label: "Id" },
  { value: "metadata", label: "Metadata" },
  { value: "skip", label: "Leave out" },
];

export const visibilities: readonly { value: MetadataVisibility; label: string; hint: string }[] = [
  { value: "shown", label: "Shown", hint: "Beside the text, to everybody, and for prompts" },
  { value: "team", label: "Team", hint: "Reviewers and administrators" },
  { value: "gold", label: "Gold", hint: "Trusted labels: hidden while people decide, never in a prompt" },
];

const typeNames: Record<ImportType, string> = {
  string: "Text",
  number: "Number",
  boolean: "Yes or no",
  json: "JSON",
  vector: "Vector",
};
const AUTOMATIC = "automatic";

type MappingTableProps = {
  preview: ImportPreview;
  columns: readonly ColumnChoice[];
  onChange: (columns: readonly ColumnChoice[]) => void;
};

/** One row for each column of the file: what it holds, what it becomes, who sees it. */
export function MappingTable({ preview, columns, onChange }: MappingTableProps) {
  const format = useFormat();
  const change = (at: number, changed: Partial<ColumnChoice>) =>
    onChange(columns.map((column) => (column.at === at ? { ...column, ...changed } : column)));
  return (
    <Table label="Columns of the file">
      <TableHead>
        <TableRow>
          <ColumnHead>Column</ColumnHead>
          <ColumnHead>First value</ColumnHead>
          <ColumnHead>Filled</ColumnHead>
          <ColumnHead>Becomes</ColumnHead>
          <ColumnHead>Type</ColumnHead>
          <ColumnHead>Who sees it</ColumnHead>
        </TableRow>
      </TableHead>
      <TableBody>
        {columns.map((column) => {
          const { at } = column;
          const facts = preview.columns[at];
          const first = preview.rows.map((row) => row[at]).find((text) => text) ?? "";
          const types = choosableTypes(preview, at);
          const found = facts ? typeNames[facts.type] : "";
          return (
            <TableRow key={at}>
              <TableCell className="font-medium">{column.name}</TableCell>
              <TableCell className="max-w-64 truncate text-muted">{first}</TableCell>
              <TableCell numeric>{facts ? format.share(facts.filled, 0) : null}</TableCell>
              <TableCell className="min-w-32">
                <Select
                  aria-label={`What ${column.name} becomes`}
                  options={roles}
                  value={column.role}
                  onValueChange={(role) => onChange(withRole(columns, at, role))}
                />
              </TableCell>
              <TableCell className="min-w-40">
                {column.role !== "metadata" ? null : types.length > 0 ? (
                  <Select
                    aria-label={`Type of ${column.name}`}
                    options={[
                      { value: AUTOMATIC, label: `Automatic (${found.toLowerCase()})` },
                      ...types.map((type) => ({ value: type, label: typeNames[type] })),
                    ]}
                    value={column.type ?? AUTOMATIC}
                    onValueChange={(type) => change(at, { type: type === AUTOMATIC ? null : type })}
                  />
                ) : (
                  <span className="text-muted">{found}</span>
                )}
              </TableCell>
              <TableCell className="min-w-32">
                {column.role === "metadata" && column.type !== "vector" ? (
                  <Select
                    aria-label={`Who sees ${column.name}`}
                    options={visibilities}
                    value={column.visibility}
                    onValueChange={(visibility) => change(at, { visibility })}
                  />
                ) : null}
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}
