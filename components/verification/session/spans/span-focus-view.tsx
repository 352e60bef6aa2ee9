"use client";

import { DecideToolbar } from "@/components/labelling/decide-toolbar";
import { MetadataLine } from "@/components/labelling/metadata-line";
import { RecordHeader } from "@/components/labelling/record-header";
import { SpanEditor } from "@/components/spans/span-editor";
import { AvatarStack } from "@/components/ui/avatar-stack";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { useKeyNames } from "@/components/ui/keys/keys-context";
import type { SessionItem } from "@/contracts/sessions";
import { ItemDiscussion } from "../discussion/item-discussion";
import { useSessionView, useVerdict } from "../session-context";
import { isSpanItem } from "./session-spans";
import type { SpanWork } from "./use-span-work";

type SpanFocusViewProps = {
  item: SessionItem;
  /** 1-based, in the list as filtered. */
  place: number;
  total: number | undefined;
  work: SpanWork;
};

/** One record, large, with all its spans: the focused row's is selected, and each can be judged, moved, or joined by others. */
export function SpanFocusView({ item, place, total, work }: SpanFocusViewProps) {
  const { live, peersAt } = useSessionView();
  const { decisions } = work;
  const namesOf = useKeyNames();
  const peers = peersAt.get(item.annotationId) ?? [];
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <article
        aria-label={`Record ${item.externalId}`}
        className="mx-auto flex w-full max-w-4xl flex-col px-4 py-4 sm:px-8 sm:py-6"
      >
        <RecordHeader
          className="mb-2"
          externalId={item.externalId}
          place={place}
          total={total}
          noun="span"
          goBy={decisions.goBy}
        >
          {peers.length > 0 ? (
            <AvatarStack label="Looking at this span" people={peers.map((peer) => peer.user)} size="sm" />
          ) : null}
        </RecordHeader>
        {isSpanItem(item) ? null : <NoSpan item={item} work={work} />}
        <SpanEditor
          title={`Text of ${item.externalId}`}
          text={item.content}
          spans={work.spans}
          labels={work.labels}
          readOnly={live.readOnly}
          actions={work.actions}
          brush={work.brush}
          selectedId={work.selectedId}
          onSelected={work.select}
        />
        <MetadataLine metadata={item.metadata} />
        <DecideToolbar>
          {work.left > 1 ? (
            <Button onClick={work.confirmLeft} disabled={live.readOnly}>
              Confirm the {work.left} spans that are left here
            </Button>
          ) : null}
          <Button onClick={decisions.doubt} disabled={live.readOnly}>
            Can't tell <Kbd className="max-sm:hidden">0</Kbd>
          </Button>
          <Button variant="ghost" onClick={decisions.goNextUndecided}>
            Next undecided <Kbd className="max-sm:hidden">{namesOf("work.next")[0]}</Kbd>
          </Button>
        </DecideToolbar>
        <ItemDiscussion item={item} />
      </article>
    </div>
  );
}

/** A record in which the job found nothing: that is confirmed too, or refuted by marking what it missed. */
function NoSpan({ item, work }: { item: SessionItem; work: SpanWork }) {
  const { live, jobNameOf } = useSessionView();
  const verdict = useVerdict(item);
  const said =
    verdict?.status === "CONFIRMS"
      ? " It was confirmed that there is none."
      : verdict?.status === "CORRECTS"
        ? " Something was marked since."
        : "";
  return (
    <p className="flex flex-wrap items-center gap-3 border-y py-2">
      <span className="min-w-0 flex-1">
        {jobNameOf(item.jobId)} found nothing to mark in this text.{said}
      </span>
      {verdict ? null : (
        <Button variant="primary" onClick={work.decisions.confirm} disabled={live.readOnly}>
          Confirm that there is none <Kbd className="max-sm:hidden">Enter</Kbd>
        </Button>
      )}
    </p>
  );
}
