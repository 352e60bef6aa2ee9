"use client";

import { ChevronLeft, ChevronRight, FileText } from "lucide-react";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Figure, NoFigure, useFormat } from "@/components/ui/figure";
import { IconButton } from "@/components/ui/icon-button";
import { Notice } from "@/components/ui/notice";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { PreviewItem } from "@/contracts/agents";
import { problemOf } from "@/trpc/client";
import { fieldName } from "./field-names";
import { HighlightedPrompt } from "./highlighted-prompt";
import { useStudio } from "./studio-context";
import type { useDraftPreview } from "./use-draft-preview";

type PreviewPanelProps = {
  preview: ReturnType<typeof useDraftPreview>;
  /** How many records there are to go through; undefined while that is not known. */
  total: number | undefined;
};

/** The exact prompt on real records, one at a time. */
export function PreviewPanel({ preview, total }: PreviewPanelProps) {
  const { query, shown: output, settling, place, setPlace, offset } = preview;
  const { project } = useStudio();
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
  const item = items[Math.min(place - offset, items.length - 1)];
  const count = Math.max(total ?? 0, offset + items.length);
  return (
    <div className="flex flex-col gap-3" aria-busy={settling}>
      {problem ? <Wrong problems={problem.errors ?? []} /> : null}
      {item ? (
        <>
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <Pager place={Math.min(place, count - 1)} count={count} go={setPlace} item={item} />
            <CostLine item={item} />
          </div>
          <WholeCost items={items} count={count} />
          <TooLong items={items} contextTokens={output?.contextTokens ?? null} />
          {item.isExample ? (
            <Notice>
              This record is an example of the prompt, or repeats one. A job would not ask about it.
            </Notice>
          ) : null}
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

/** What all records would take, by the mean of those whose prompts are made. */
function WholeCost({ items, count }: { items: readonly PreviewItem[]; count: number }) {
  const format = useFormat();
  if (count <= 1) return null;
  const tokens = items.reduce((sum, item) => sum + item.tokens, 0) / items.length;
  const cost = items.every(({ costUsd }) => costUsd !== null)
    ? items.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0) / items.length
    : null;
  const exact = items.length === count && items.every(({ tokensExact }) => tokensExact);
  return (
    <p className="tabular text-muted text-xs">
      All {format.count(count)} records: {exact ? "" : "about "}
      {format.count(Math.round(tokens * count))} tokens · <Cost usd={cost === null ? null : cost * count} />
      {items.length < count ? `, by the mean of ${items.length}` : ""}
    </p>
  );
}

/** Which of the prompts shown the model does not take. */
function TooLong({ items, contextTokens }: { items: readonly PreviewItem[]; contextTokens: number | null }) {
  const format = useFormat();
  const long = items.filter(({ tooLong }) => tooLong);
  if (long.length === 0 || contextTokens === null) return null;
  return (
    <Notice
      tone="warn"
      title={`${long.length} of these ${items.length} prompts ${long.length === 1 ? "is" : "are"} longer than the model takes`}
    >
      It takes {format.count(contextTokens)} tokens, answer included:{" "}
      {long
        .map(({ externalId, tokens }) => `${externalId ?? "a text"} has ${format.count(tokens)}`)
        .join(", ")}
      .
    </Notice>
  );
}

const NO_PRICE = "The price of this model is not known; give one under More settings";

/** What keeps the draft from being used; each also stands at its field. */
function Wrong({ problems }: { problems: readonly { path: string; message: string }[] }) {
  return (
    <Notice tone="bad" title="This can't be used yet">
      <ul className="list-disc pl-4">
        {problems.map(({ path, message }) => (
          <li key={`${path} ${message}`}>
            <span className="font-medium">{fieldName(path)}</span>: {message}
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
      <Figure value={item.tokens} /> tokens{item.tokensExact ? "" : ", estimated"} ·{" "}
      <Cost usd={item.costUsd} each=" a record" />
    </p>
  );
}

function Cost({ usd, each = "" }: { usd: number | null; each?: string }) {
  const format = useFormat();
  return usd === null ? <NoFigure reason={NO_PRICE} words="price not known" /> : `${format.cost(usd)}${each}`;
}
