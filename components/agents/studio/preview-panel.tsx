"use client";

import { ChevronLeft, ChevronRight, FileText } from "lucide-react";
import { useState } from "react";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Figure } from "@/components/ui/figure";
import { IconButton } from "@/components/ui/icon-button";
import { Notice } from "@/components/ui/notice";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { PreviewItem } from "@/contracts/agents";
import { problemOf } from "@/trpc/client";
import { HighlightedPrompt } from "./highlighted-prompt";
import { useStudio } from "./studio-context";
import type { useDraftPreview } from "./use-draft-preview";

/** The exact prompt on real records, one at a time. */
export function PreviewPanel({ query, shown: output, settling }: ReturnType<typeof useDraftPreview>) {
  const { project } = useStudio();
  const [place, setPlace] = useState(0);
  const items = output?.items;
  const problem = query.error ? problemOf(query.error) : null;
  if (problem && !problem.errors)
    return (
      <ErrorState
        what="The prompt could not be shown"
        why={problem.detail}
        onRetry={() => void query.refetch()}
      />
    );
  if (items === undefined)
    return problem ? <Wrong problems={problem.errors ?? []} /> : <SkeletonRows label="Building the prompt" />;
  const shown = Math.min(place, items.length - 1);
  const item = items[shown];
  return (
    <div className="flex flex-col gap-3" aria-busy={settling}>
      {problem ? <Wrong problems={problem.errors ?? []} /> : null}
      {item ? (
        <>
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <Pager place={shown} count={items.length} go={setPlace} item={item} />
            <CostLine item={item} />
          </div>
          {item.missingMetadata.length > 0 ? (
            <Notice tone="warn">
              This record has no {item.missingMetadata.join(", ")}; a job would not ask about it.
            </Notice>
          ) : null}
          <HighlightedPrompt item={item} />
        </>
      ) : (
        <EmptyState
          icon={FileText}
          title="No records to show the prompt on"
          action={<ButtonLink href={`/p/${project}/records`}>Import records</ButtonLink>}
        >
          The preview shows the prompt on real records of the project.
        </EmptyState>
      )}
    </div>
  );
}

/** What keeps the draft from being used; each also stands at its field. */
function Wrong({ problems }: { problems: readonly { path: string; message: string }[] }) {
  return (
    <Notice tone="bad" title="This can't be used yet">
      <ul className="list-disc pl-4">
        {problems.map(({ path, message }) => (
          <li key={`${path} ${message}`}>
            <span className="font-mono text-xs">{path}</span> {message}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

type PagerProps = { place: number; count: number; go: (place: number) => void; item: PreviewItem };

function Pager({ place, count, go, item }: PagerProps) {
  return (
    <div className="flex items-center gap-1">
      <IconButton label="Previous record" disabled={place === 0} onClick={() => go(place - 1)}>
        <ChevronLeft aria-hidden />
      </IconButton>
      <span className="tabular text-muted text-xs">
        Record {place + 1} of {count}
        <span className="pl-2 text-faint">{item.externalId}</span>
      </span>
      <IconButton label="Next record" disabled={place >= count - 1} onClick={() => go(place + 1)}>
        <ChevronRight aria-hidden />
      </IconButton>
    </div>
  );
}

function CostLine({ item }: { item: PreviewItem }) {
  return (
    <p className="tabular text-muted text-xs">
      {item.tokensExact ? "" : "about "}
      <Figure value={item.tokens} /> tokens ·{" "}
      <Figure
        value={item.costUsd}
        as="cost"
        reason="The price of this model is not known; give one under More settings"
      />{" "}
      a record
    </p>
  );
}
