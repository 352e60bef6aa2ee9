"use client";

import { useState } from "react";
import { lookOf, optionLooks } from "@/components/labelling/label-options";
import { FoundSpans } from "@/components/spans/found-spans";
import { CodeBlock } from "@/components/ui/code-block";
import { ConfidenceBar } from "@/components/ui/confidence-bar";
import { Figure, useFormat } from "@/components/ui/figure";
import { OptionChip } from "@/components/ui/option-chip";
import { Sheet } from "@/components/ui/sheet";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { TryOutItem } from "@/contracts/agents";
import { confMethodText, confReasonText, invalidReasonText } from "../wording";
import { useStudio } from "./studio-context";

/** One line a record: what was answered, how it was read, how sure the model was. */
export function TryOutTable({ items }: { items: readonly TryOutItem[] }) {
  const [open, setOpen] = useState<TryOutItem | null>(null);
  return (
    <>
      <Table label="What the model answered">
        <TableHead>
          <tr>
            <ColumnHead>Record</ColumnHead>
            <ColumnHead>Label</ColumnHead>
            <ColumnHead>Confidence</ColumnHead>
            <ColumnHead numeric>Tokens</ColumnHead>
            <ColumnHead numeric>Cost</ColumnHead>
            <ColumnHead numeric>Time</ColumnHead>
          </tr>
        </TableHead>
        <TableBody>
          {items.map((item) => (
            <TableRow key={item.recordId} selected={open?.recordId === item.recordId}>
              <TableCell className="w-full min-w-40 max-w-0">
                <button
                  type="button"
                  className="block w-full truncate rounded-sm text-left hover:text-accent"
                  onClick={() => setOpen(item)}
                >
                  {item.content}
                </button>
              </TableCell>
              <TableCell className="min-w-40 py-1.5">
                <Labels item={item} most={MOST_SPANS} />
              </TableCell>
              <TableCell className="whitespace-nowrap">
                {item.labels.map((label) => (
                  <ConfidenceBar key={label.name} value={label.conf} reason={noConfidence(label)} />
                ))}
              </TableCell>
              <TableCell numeric className="whitespace-nowrap text-muted">
                <Figure value={tokensOf(item)} reason={item.error ? "There was no answer" : NOT_SAID} />
              </TableCell>
              <TableCell numeric className="whitespace-nowrap text-muted">
                <Figure
                  value={item.costUsd}
                  as="cost"
                  reason={item.error ? "There was no answer" : "The price of this model is not known"}
                />
              </TableCell>
              <TableCell numeric className="whitespace-nowrap text-muted">
                <Figure value={item.latencyMs} as="duration" reason="There was no answer" />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <Sheet
        open={open !== null}
        onOpenChange={(next) => (next ? undefined : setOpen(null))}
        modal={false}
        size="lg"
        title={`Record ${open?.externalId ?? ""}`}
      >
        {open ? <Details item={open} /> : null}
      </Sheet>
    </>
  );
}

function noConfidence({ value, spans, confReason }: TryOutItem["labels"][number]): string | undefined {
  if (spans) return "A job gives each span its own";
  return value === null ? "There is no label to be sure of" : confReasonText(confReason);
}

type LabelsProps = {
  item: TryOutItem;
  /** Spans that are listed of each label; left out: all. */
  most?: number;
};

function Labels({ item, most }: LabelsProps) {
  const { labels } = useStudio();
  if (item.error) return <span className="text-bad">{item.error.message}</span>;
  return (
    <div className="flex flex-col gap-1">
      {item.labels.map(({ name, value, spans, reason }) => {
        const label = labels.find((known) => known.name === name);
        const looks = label ? optionLooks(label) : [];
        if (spans)
          return (
            <div key={name} className="flex flex-col gap-1">
              {spans.length > 0 || reason === null ? (
                <FoundSpans text={item.content} spans={spans} label={label} {...(most ? { most } : {})} />
              ) : null}
              {reason ? <span className="text-warn">{invalidReasonText(reason)}</span> : null}
            </div>
          );
        if (value === null)
          return (
            <span key={name} className="text-warn">
              {invalidReasonText(reason)}
            </span>
          );
        return (
          <span key={name} className="flex flex-wrap gap-1">
            {value.map((one) => {
              const { color, text } = lookOf(looks, one);
              return <OptionChip key={one} color={color} text={text} variant="outlined" />;
            })}
          </span>
        );
      })}
    </div>
  );
}

function Details({ item }: { item: TryOutItem }) {
  return (
    <div className="flex flex-col gap-4">
      <p className="record-text whitespace-pre-wrap">{item.content}</p>
      <Labels item={item} />
      {item.rawAnswer === null ? null : (
        <section>
          <h3 className="mb-1 text-faint text-xs">Raw answer</h3>
          <CodeBlock label="Raw answer" text={item.rawAnswer} wrap />
        </section>
      )}
      {item.messages.map(({ role, content }) => (
        <section key={role}>
          <h3 className="mb-1 text-faint text-xs">{role === "system" ? "System message" : "User message"}</h3>
          <CodeBlock label={role === "system" ? "System message" : "User message"} text={content} wrap />
        </section>
      ))}
      <ConfidenceMethods item={item} />
      <p className="tabular text-muted text-xs">
        {item.servedModel ? `${item.servedModel} · ` : ""}
        <Figure value={item.tokens.prompt} reason="The provider did not say" /> tokens in,{" "}
        <Figure value={item.tokens.completion} reason="The provider did not say" /> out ·{" "}
        <Figure value={item.costUsd} as="cost" reason="The price of this model is not known" />
      </p>
    </div>
  );
}

/** How each confidence was worked out, or why there is none. */
function ConfidenceMethods({ item }: { item: TryOutItem }) {
  const format = useFormat();
  const read = item.labels.filter(({ value }) => value !== null);
  if (read.length === 0) return null;
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-xs">
      {read.map(({ name, conf, confMethod, confReason }) => (
        <div key={name} className="contents">
          <dt className="text-faint">Confidence in {name}</dt>
          <dd className="tabular">
            {conf === null
              ? confReasonText(confReason)
              : `${format.decimal(conf, 3)}, ${confMethodText(confMethod)}`}
          </dd>
        </div>
      ))}
    </dl>
  );
}

const MOST_SPANS = 6;
const NOT_SAID = "The provider did not say";

function tokensOf({ tokens: { prompt, completion } }: TryOutItem): number | null {
  return prompt === null || completion === null ? null : prompt + completion;
}
