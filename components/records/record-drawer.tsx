"use client";

import { useQuery } from "@tanstack/react-query";
import { BookmarkPlus, ChevronDown, ChevronUp, Waypoints } from "lucide-react";
import { useState } from "react";
import { useWriting } from "@/components/discussions/record-discussion";
import { GuidelinesButton } from "@/components/labelling/guidelines-button";
import { AddToSubsetDialog } from "@/components/subsets/add-to-subset-dialog";
import { ErrorState } from "@/components/ui/error-state";
import { IconButton } from "@/components/ui/icon-button";
import { keyName } from "@/components/ui/keys/key-actions";
import { useKeys } from "@/components/ui/keys/keys-context";
import { useKeyActions } from "@/components/ui/keys/use-key-actions";
import { ScrollBox } from "@/components/ui/scroll-box";
import { Section } from "@/components/ui/section";
import { Sheet } from "@/components/ui/sheet";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { RecordRow } from "@/contracts/records";
import { problemOf, useTRPC } from "@/trpc/client";
import { DrawerDiscussion } from "./drawer-discussion";
import { RecordHistory } from "./history/record-history";
import { LabelForm } from "./label-form";
import { RecordGold } from "./record-gold";
import { RecordLabels } from "./record-labels";
import { RecordMetadata } from "./record-metadata";
import { RecordText } from "./record-text";
import { useRecordsView } from "./records-context";

type RecordDrawerProps = {
  recordId: string;
  /** The row of the table, shown until the record itself has come. */
  row: RecordRow | undefined;
  /** To the record before (-1) or after (1) in the table; undefined at its ends. */
  onStep: { before: (() => void) | undefined; after: (() => void) | undefined };
  onClose: () => void;
  /** Searches for the records most like this one. */
  onSimilar: () => void;
  /** Reads records anew, here and in the table. */
  refreshRows: (ids: string[]) => Promise<unknown>;
};

/** One record in full: text, everybody's labels, the reader's own, metadata, history. */
export function RecordDrawer({ recordId, row, onStep, onClose, onSimilar, refreshRows }: RecordDrawerProps) {
  const { project, may, vocabulary } = useRecordsView();
  const trpc = useTRPC();
  const input = { project: project.slug, id: recordId };
  const options = trpc.records.get.queryOptions(input, row ? { placeholderData: row } : {});
  const found = useQuery(options);
  const keys = useKeys().now;
  // Asked for here: the key may be pressed before the record has come, whose field then opens with it.
  const [writing, onWritingChange] = useWriting(recordId);
  useKeyActions({
    actions: may("discussions:write") ? { "work.comment": () => onWritingChange(true) } : {},
    // Not the arrows, which scroll the record.
    fixed: {
      [keys.get("list.next") ?? ""]: () => onStep.after?.(),
      [keys.get("list.above") ?? ""]: () => onStep.before?.(),
    },
    inDialog: true,
  });

  const [adding, setAdding] = useState(false);

  const record = found.data;
  const gold = new Set(
    vocabulary.metadata.filter(({ visibility }) => visibility === "gold").map(({ name }) => name),
  );
  const known = Object.keys(record?.metadata ?? {});
  const labelled = vocabulary.labels.some(({ level }) => level === "record");
  return (
    <Sheet
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      modal={false}
      size="lg"
      title={record ? `Record ${record.externalId}` : "Record"}
      actions={
        <>
          {may("subsets:write") ? (
            <IconButton label="Add to a subset" tooltipSide="bottom" onClick={() => setAdding(true)}>
              <BookmarkPlus aria-hidden />
            </IconButton>
          ) : null}
          <IconButton label="Find similar records" tooltipSide="bottom" onClick={onSimilar}>
            <Waypoints aria-hidden />
          </IconButton>
          <IconButton
            label="Previous record"
            keys={keyName(keys.get("list.above") ?? "")}
            tooltipSide="bottom"
            disabled={!onStep.before}
            onClick={onStep.before}
          >
            <ChevronUp aria-hidden />
          </IconButton>
          <IconButton
            label="Next record"
            keys={keyName(keys.get("list.next") ?? "")}
            tooltipSide="bottom"
            disabled={!onStep.after}
            onClick={onStep.after}
          >
            <ChevronDown aria-hidden />
          </IconButton>
        </>
      }
    >
      {record ? (
        <article>
          <ScrollBox label="Text" className="mb-6 max-h-[45dvh]">
            <RecordText {...record} />
          </ScrollBox>
          {may("annotations:write") && labelled ? (
            <Section title="My labels" actions={<GuidelinesButton labels={vocabulary.labels} />}>
              <LabelForm key={record.id} record={record} refresh={refreshRows} />
            </Section>
          ) : null}
          <Section title="Labels">
            <RecordLabels {...record} />
          </Section>
          <DrawerDiscussion recordId={record.id} writing={writing} onWritingChange={onWritingChange} />
          <Section title="Metadata">
            <RecordMetadata
              key={record.id}
              record={record}
              names={known.filter((name) => !gold.has(name))}
              refresh={refreshRows}
            />
          </Section>
          <RecordGold
            key={record.id}
            record={record}
            names={known.filter((name) => gold.has(name))}
            refresh={refreshRows}
          />
          <Section title="History">
            <RecordHistory key={record.id} recordId={record.id} refresh={refreshRows} />
          </Section>
        </article>
      ) : found.isError ? (
        <ErrorState
          what="The record did not load"
          why={problemOf(found.error).detail}
          onRetry={() => void found.refetch()}
        />
      ) : (
        <SkeletonRows label="Loading the record" rows={6} />
      )}
      {adding ? (
        <AddToSubsetDialog
          project={project.slug}
          source={{ recordIds: [recordId] }}
          what={`Record ${record?.externalId ?? ""}`}
          onClose={() => setAdding(false)}
        />
      ) : null}
    </Sheet>
  );
}
