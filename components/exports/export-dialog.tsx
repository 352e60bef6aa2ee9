"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Button, DownloadButton } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { Notice } from "@/components/ui/notice";
import { SkeletonRows } from "@/components/ui/skeleton";
import { problemOf, useTRPC } from "@/trpc/client";
import { ExportForm } from "./export-form";
import { cardHref, exportHref } from "./export-href";
import { kindWords } from "./export-words";
import { choiceOf, type ExportDraft, useExportDraft } from "./use-export-choice";
import { WithoutValue } from "./without-value";

export type ExportDialogProps = {
  project: string;
  start?: Partial<ExportDraft>;
  /** The search from which it was opened, as JSON and in words. */
  search?: { json: string; words: string } | undefined;
  onClose: () => void;
};

/** Chooses what goes into a file, says what the format can't hold, and downloads it while it is written. */
export function ExportDialog({ project, start = {}, search, onClose }: ExportDialogProps) {
  const trpc = useTRPC();
  const { draft, change } = useExportDraft(start);
  const choices = useQuery(trpc.exports.choices.queryOptions({ project }));
  const { bom: _, ...asked } = choiceOf(draft, search?.json);
  const tried = useQuery(
    trpc.exports.check.queryOptions(
      { project, ...asked },
      { retry: false, placeholderData: keepPreviousData },
    ),
  );
  const problem = tried.error ? problemOf(tried.error) : null;
  const losses = choices.data?.formats.find(({ format }) => format === draft.format)?.losses ?? [];
  const href = exportHref(project, choiceOf(draft, search?.json));
  const snapshot = draft.kind === "final" ? (draft.snapshot ?? undefined) : undefined;
  const verb = `Export ${kindWords[draft.kind].object}`;

  return (
    <Dialog
      open
      size="lg"
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title="Export"
      description="The file is written while it is downloaded, whatever its size."
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          {problem || !tried.data ? (
            <Button variant="primary" disabled>
              {verb}
            </Button>
          ) : (
            <DownloadButton variant="primary" href={href} onClick={onClose}>
              {verb}
            </DownloadButton>
          )}
        </>
      }
    >
      {choices.error ? (
        <ErrorState
          what="The choices did not load"
          why={problemOf(choices.error).detail}
          onRetry={() => void choices.refetch()}
        />
      ) : choices.data ? (
        <div className="flex flex-col gap-4 pb-2">
          <ExportForm draft={draft} choices={choices.data} search={search?.words} onChange={change} />
          {draft.kind === "final" && !problem ? (
            <WithoutValue snapshots={choices.data.snapshots} ids={tried.data?.snapshots ?? []} />
          ) : null}
          {problem ? (
            <Notice tone="bad">{problem.detail}</Notice>
          ) : losses.length > 0 ? (
            <Notice tone="info" title="What this format can't hold">
              <ul className="list-disc pl-4 text-muted">
                {losses.map((loss) => (
                  <li key={loss}>{loss}</li>
                ))}
              </ul>
            </Notice>
          ) : null}
          <p className="text-muted">
            What is the data, who labelled it, how was it verified: the dataset card, as{" "}
            <a className="text-accent hover:underline" href={cardHref(project, "md", snapshot)} download>
              Markdown
            </a>{" "}
            or{" "}
            <a className="text-accent hover:underline" href={cardHref(project, "json", snapshot)} download>
              JSON
            </a>
            .
          </p>
        </div>
      ) : (
        <SkeletonRows label="Loading what can be exported" />
      )}
    </Dialog>
  );
}
