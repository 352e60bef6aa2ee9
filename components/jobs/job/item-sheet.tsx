"use client";

import { ChevronDown, ChevronUp } from "lucide-react";
import Link from "next/link";
import { recordsHref } from "@/components/query/records-address";
import { FoundSpans } from "@/components/spans/found-spans";
import { Badge, Status } from "@/components/ui/badge";
import { CodeBlock } from "@/components/ui/code-block";
import { ConfidenceBar } from "@/components/ui/confidence-bar";
import { Figure } from "@/components/ui/figure";
import { IconButton } from "@/components/ui/icon-button";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { Sheet } from "@/components/ui/sheet";
import type { Job, JobItem } from "@/contracts/jobs";
import type { LabelDefinition } from "@/contracts/label-schema";
import { confReasonText, itemStatusLook, reasonText } from "../job-words";
import { LabelChips } from "./label-chips";
import { saysNone } from "./span-count";

type ItemSheetProps = {
  project: string;
  item: JobItem;
  job: Job;
  labels: readonly LabelDefinition[];
  onClose: () => void;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
};

/** One item whole: the text, the exact prompt, the raw answer, what was read from it and what it took. */
export function ItemSheet({ project, item, job, labels, onClose, onPrevious, onNext }: ItemSheetProps) {
  const look = itemStatusLook[item.status];
  return (
    <Sheet
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      modal={false}
      size="lg"
      title={item.externalId}
      actions={
        <>
          <IconButton label="Previous item" disabled={!onPrevious} onClick={onPrevious}>
            <ChevronUp aria-hidden />
          </IconButton>
          <IconButton label="Next item" disabled={!onNext} onClick={onNext}>
            <ChevronDown aria-hidden />
          </IconButton>
        </>
      }
    >
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <Status tone={look.tone}>{look.text}</Status>
        {item.cached ? <Badge>Answered before</Badge> : null}
        <Link
          href={recordsHref(project, { recordId: item.recordId })}
          className="text-accent hover:underline"
        >
          Open the record
        </Link>
      </div>
      {item.reason ? (
        <Notice tone="warn" className="mb-4">
          {reasonText(item.reason)}
        </Notice>
      ) : null}
      {item.error ? (
        <Notice tone="bad" title={item.error.kind.replaceAll("_", " ")} className="mb-4">
          {item.error.message}
        </Notice>
      ) : null}
      <Section title="Text">
        <p className="record-text whitespace-pre-wrap break-words">{item.content}</p>
      </Section>
      <Section title="Labels">
        <Labels item={item} job={job} labels={labels} />
      </Section>
      <Section title="Raw answer">
        {item.rawAnswer === null ? (
          <p className="text-muted">There is none yet.</p>
        ) : (
          <CodeBlock label="Raw answer" text={item.rawAnswer} wrap>
            {item.rawAnswer === "" ? "(empty)" : item.rawAnswer}
          </CodeBlock>
        )}
      </Section>
      <Section title="Prompt">
        {item.messages ? (
          <div className="flex flex-col gap-3">
            {item.messages.map(({ role, content }) => (
              <CodeBlock key={role} label={messageNames[role]} text={content} wrap />
            ))}
          </div>
        ) : (
          <p className="text-muted">{noPrompt(item)}</p>
        )}
      </Section>
      <Section title="What it took">
        <Took item={item} />
      </Section>
    </Sheet>
  );
}

const messageNames = { system: "System message", user: "Prompt" };

const noPrompt = ({ status }: JobItem): string =>
  status === "queued" || status === "promptInvalid"
    ? "No prompt was sent."
    : "The record has changed since it was asked about, so the prompt can't be shown as it was sent.";

function Labels({ item, job, labels }: Pick<ItemSheetProps, "item" | "job" | "labels">) {
  const [first] = job.labels;
  return (
    <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2">
      {job.labels.map((name) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="flex items-center gap-4">
            <Given item={item} name={name} label={labels.find((label) => label.name === name)} />
            {name === first && !labels.some((label) => label.name === name && label.level === "span") ? (
              <ConfidenceBar value={item.conf} reason={confReasonText(item)} />
            ) : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}

type GivenProps = { item: JobItem; name: string; label: LabelDefinition | undefined };

function Given({ item, name, label }: GivenProps) {
  const spans = item.spans.filter((span) => span.label === name);
  if (spans.length > 0 || (label?.level === "span" && saysNone(item)))
    return <FoundSpans text={item.content} spans={spans} label={label} />;
  const value = item.labels[name];
  return value ? <LabelChips label={label} value={value} /> : <span className="text-faint">none</span>;
}

function Took({ item }: { item: JobItem }) {
  const rows = [
    ["Calls", <Figure key="calls" value={item.attempts} />],
    ["Prompt tokens", <Figure key="prompt" value={item.tokens.prompt} />],
    ["Answer tokens", <Figure key="answer" value={item.tokens.completion} />],
    ["Time of the call", <Figure key="time" value={item.latencyMs} as="duration" />],
    ["Model that answered", item.servedModel ?? "n/a"],
  ] as const;
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
      {rows.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
