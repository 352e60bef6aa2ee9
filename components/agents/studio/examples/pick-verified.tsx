"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { BadgeCheck } from "lucide-react";
import { useState } from "react";
import { FoundSpans } from "@/components/spans/found-spans";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { useFormat } from "@/components/ui/figure";
import { SearchInput } from "@/components/ui/input";
import { OptionChip } from "@/components/ui/option-chip";
import { optionLook } from "@/components/ui/option-look";
import { SkeletonRows } from "@/components/ui/skeleton";
import { spansIn, type VerifiedExamples, valuesIn } from "@/contracts/prompt-examples";
import { problemOf, useTRPC } from "@/trpc/client";
import { useAskedLabels, useStudio } from "../studio-context";
import { useSettled } from "../use-settled";
import type { DraftExample } from "./draft-examples";
import { FromJobs } from "./from-jobs";

type PickVerifiedProps = {
  /** Ids of records that are examples already. */
  taken: readonly string[];
  /** How many more there may be. */
  room: number;
  onPick: (examples: DraftExample[]) => void;
};

/** Chooses verified records as examples, with the values that people settled on. */
export function PickVerified({ taken, room, onPick }: PickVerifiedProps) {
  const [open, setOpen] = useState(false);
  const [picked, setPicked] = useState<DraftExample[]>([]);
  const labels = useAskedLabels().map(({ name }) => name);
  const show = (next: boolean) => {
    setOpen(next);
    setPicked([]);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={show}
      size="lg"
      title="Verified records as examples"
      description="Records on whose every label of this prompt people agree: what was reconciled, else what all who confirmed or corrected it say. The last verified first."
      trigger={
        <Button size="sm" disabled={room <= 0 || labels.length === 0}>
          <BadgeCheck aria-hidden />
          Pick verified records
        </Button>
      }
      footer={
        <>
          <Button onClick={() => show(false)}>Close</Button>
          <Button
            variant="primary"
            disabled={picked.length === 0 || picked.length > room}
            onClick={() => {
              onPick(picked);
              show(false);
            }}
          >
            Add {picked.length} {picked.length === 1 ? "example" : "examples"}
          </Button>
        </>
      }
    >
      {open ? <VerifiedList labels={labels} taken={taken} picked={picked} setPicked={setPicked} /> : null}
    </Dialog>
  );
}

type VerifiedListProps = {
  /** Each of which must be verified. */
  labels: string[];
  taken: readonly string[];
  picked: readonly DraftExample[];
  setPicked: (picked: DraftExample[]) => void;
};

function VerifiedList({ labels, taken, picked, setPicked }: VerifiedListProps) {
  const { project } = useStudio();
  const trpc = useTRPC();
  const format = useFormat();
  const [typed, setTyped] = useState("");
  const [jobIds, setJobIds] = useState<string[]>();
  const search = useSettled(typed, 250);
  const list = useQuery(
    trpc.agents.examples.queryOptions(
      { project, labels, search, ...(jobIds ? { from: { jobIds } } : {}) },
      { placeholderData: keepPreviousData },
    ),
  );
  if (list.error)
    return (
      <ErrorState
        what="The verified records did not load"
        why={problemOf(list.error).detail}
        onRetry={() => void list.refetch()}
      />
    );
  if (!list.data) return <SkeletonRows label="Loading verified records" rows={5} />;
  const { items, total } = list.data;
  return (
    <div className="flex flex-col gap-3">
      <SearchInput
        aria-label="Search the texts"
        placeholder="A part of the text"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <details>
        <summary className="cursor-pointer rounded-sm font-medium">
          Of some jobs only{jobIds ? ` (${jobIds.length})` : ""}
        </summary>
        <div className="mt-1">
          <FromJobs jobIds={jobIds} put={setJobIds} />
        </div>
      </details>
      {items.length === 0 ? (
        <EmptyState title={emptyTitle(search, jobIds)}>
          Verify labels of a job in a session; what people confirm or correct can be shown here.
        </EmptyState>
      ) : (
        <>
          <p role="status" className="text-muted text-xs">
            {total > items.length
              ? `The first ${items.length} of ${format.count(total)}`
              : `${format.count(total)} verified`}
          </p>
          <ul className="flex flex-col divide-y">
            {items.map((item) => (
              <VerifiedRow
                key={item.recordId}
                item={item}
                taken={taken.includes(item.recordId)}
                checked={picked.some(({ recordId }) => recordId === item.recordId)}
                onCheck={(on) =>
                  setPicked(
                    on
                      ? [...picked, { recordId: item.recordId, labels: item.labels }]
                      : picked.filter(({ recordId }) => recordId !== item.recordId),
                  )
                }
              />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function emptyTitle(search: string, jobIds: readonly string[] | undefined): string {
  if (search) return "No verified record holds this";
  return jobIds ? "No record is verified of these jobs" : "No record is verified yet";
}

type VerifiedRowProps = {
  item: VerifiedExamples["items"][number];
  taken: boolean;
  checked: boolean;
  onCheck: (on: boolean) => void;
};

function VerifiedRow({ item, taken, checked, onCheck }: VerifiedRowProps) {
  const asked = useAskedLabels();
  return (
    <li className="py-2">
      <Checkbox
        label={<span className="line-clamp-2 break-words">{item.content}</span>}
        hint={taken ? "An example already" : item.externalId}
        disabled={taken}
        checked={taken || checked}
        onCheckedChange={(on) => onCheck(on === true)}
      />
      <div className="flex flex-wrap gap-1.5 pt-1 pl-6">
        {asked.map((label) =>
          label.level === "span" ? (
            <FoundSpans
              key={label.name}
              text={item.content}
              spans={spansIn(item.labels, label.name)}
              label={label}
              most={SHOWN_SPANS}
            />
          ) : (
            valuesIn(item.labels, label.name).map((value) => {
              const { color, text } = optionLook(label, value);
              return <OptionChip key={`${label.name} ${value}`} color={color} text={text} variant="filled" />;
            })
          ),
        )}
      </div>
    </li>
  );
}

const SHOWN_SPANS = 6;
