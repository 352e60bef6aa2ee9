"use client";

import { Download, Ellipsis, type LucideIcon, Upload } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { annotateHref } from "@/components/annotate/annotate-href";
import { ExportDialog } from "@/components/exports/export-dialog";
import { describeQuery } from "@/components/query/describe-query";
import { printQuery } from "@/components/query/query-text";
import { Button, ButtonLink } from "@/components/ui/button";
import { DropdownMenu, MenuItem } from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import type { Query } from "@/contracts/query";
import { useRecordsView } from "./records-context";

type RecordsActionsProps = {
  query: Query | null;
  /** False where the address holds a query that can't be asked. */
  isAsked: boolean;
  /** The project has no record: what can be done then stands in the page. */
  isEmpty: boolean;
  onVerify: () => void;
};

type Action = { label: string; icon?: LucideIcon } & ({ href: string } | { run: () => void });

/** What can be done with the records that the search finds: in the header, on a phone in its menu. */
export function RecordsActions({ query, isAsked, isEmpty, onVerify }: RecordsActionsProps) {
  const { project, vocabulary, may } = useRecordsView();
  const [exporting, setExporting] = useState(false);
  const base = `/p/${project.slug}`;
  const excluded = may("records:write") ? [{ label: "Excluded", href: `${base}/records/excluded` }] : [];
  const ofFound = isEmpty
    ? []
    : foundActions({ slug: project.slug, may, query, isAsked, onVerify, onExport: () => setExporting(true) });
  return (
    <>
      {excluded.map(({ label, href }) => (
        <ButtonLink key={label} variant="ghost" className="max-md:hidden" href={href}>
          {label}
        </ButtonLink>
      ))}
      {ofFound.map((action) =>
        "href" in action ? (
          <ButtonLink key={action.label} className="max-sm:hidden" href={action.href}>
            {action.label}
          </ButtonLink>
        ) : (
          <Button key={action.label} className="max-sm:hidden" onClick={action.run}>
            {action.icon ? <action.icon aria-hidden /> : null}
            {action.label}
          </Button>
        ),
      )}
      {may("records:import") && !isEmpty ? (
        <ButtonLink variant="primary" href={`${base}/import`}>
          <Upload aria-hidden />
          Import records
        </ButtonLink>
      ) : null}
      <ActionMenu actions={[...ofFound, ...excluded]} />
      {exporting ? (
        <ExportDialog
          project={project.slug}
          start={{ kind: "records" }}
          search={
            query ? { json: JSON.stringify(query), words: describeQuery(query, vocabulary) } : undefined
          }
          onClose={() => setExporting(false)}
        />
      ) : null}
    </>
  );
}

/** On a phone the header has room for one button. */
function ActionMenu({ actions }: { actions: readonly Action[] }) {
  if (actions.length === 0) return null;
  return (
    <DropdownMenu
      trigger={
        <IconButton label="Records actions" className="sm:hidden">
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      {actions.map((action) =>
        "href" in action ? (
          <MenuItem key={action.label} asChild>
            <Link href={action.href}>{action.label}</Link>
          </MenuItem>
        ) : (
          <MenuItem key={action.label} onSelect={action.run}>
            {action.label}
          </MenuItem>
        ),
      )}
    </DropdownMenu>
  );
}

type FoundInput = Pick<RecordsActionsProps, "query" | "isAsked" | "onVerify"> & {
  slug: string;
  may: ReturnType<typeof useRecordsView>["may"];
  onExport: () => void;
};

function foundActions({ slug, may, query, isAsked, onVerify, onExport }: FoundInput): Action[] {
  const which =
    query && "subset" in query ? `subset=${query.subset}` : `q=${encodeURIComponent(printQuery(query))}`;
  return [
    ...(may("annotations:write") && isAsked ? [{ label: "Label", href: annotateHref(slug, { query }) }] : []),
    ...(may("sessions:write") ? [{ label: "Verify", run: onVerify }] : []),
    ...(may("jobs:run") ? [{ label: "Run agent", href: `/p/${slug}/jobs/new?${which}` }] : []),
    ...(may("export:read") && isAsked ? [{ label: "Export", icon: Download, run: onExport }] : []),
  ];
}
