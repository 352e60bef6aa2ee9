"use client";

import { Upload } from "lucide-react";
import { annotateHref } from "@/components/annotate/annotate-href";
import { ExportButton } from "@/components/exports/export-button";
import { describeQuery } from "@/components/query/describe-query";
import { printQuery } from "@/components/query/query-text";
import { Button, ButtonLink } from "@/components/ui/button";
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

/** What can be done with the records that the search finds. */
export function RecordsActions({ query, isAsked, isEmpty, onVerify }: RecordsActionsProps) {
  const { project, may } = useRecordsView();
  const base = `/p/${project.slug}`;
  return (
    <>
      {may("records:write") ? (
        <ButtonLink variant="ghost" className="max-md:hidden" href={`${base}/records/excluded`}>
          Excluded
        </ButtonLink>
      ) : null}
      {isEmpty ? null : <OfFound query={query} isAsked={isAsked} onVerify={onVerify} />}
      {may("records:import") && !isEmpty ? (
        <ButtonLink variant="primary" href={`${base}/import`}>
          <Upload aria-hidden />
          Import records
        </ButtonLink>
      ) : null}
    </>
  );
}

function OfFound({ query, isAsked, onVerify }: Omit<RecordsActionsProps, "isEmpty">) {
  const { project, vocabulary, may } = useRecordsView();
  const subset =
    query && "subset" in query ? `subset=${query.subset}` : `q=${encodeURIComponent(printQuery(query))}`;
  return (
    <>
      {may("annotations:write") && isAsked ? (
        <ButtonLink className="max-sm:hidden" href={annotateHref(project.slug, { query })}>
          Label
        </ButtonLink>
      ) : null}
      {may("sessions:write") ? (
        <Button className="max-sm:hidden" onClick={onVerify}>
          Verify
        </Button>
      ) : null}
      {may("jobs:run") ? (
        <ButtonLink className="max-sm:hidden" href={`/p/${project.slug}/jobs/new?${subset}`}>
          Run agent
        </ButtonLink>
      ) : null}
      {may("export:read") && isAsked ? (
        <ExportButton
          key={printQuery(query)}
          className="max-sm:hidden"
          project={project.slug}
          start={{ kind: "records" }}
          search={
            query ? { json: JSON.stringify(query), words: describeQuery(query, vocabulary) } : undefined
          }
        />
      ) : null}
    </>
  );
}
