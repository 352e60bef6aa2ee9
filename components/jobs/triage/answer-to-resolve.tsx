"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { recordsHref } from "@/components/query/records-address";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { CodeBlock } from "@/components/ui/code-block";
import { useFormat } from "@/components/ui/figure";
import { Notice } from "@/components/ui/notice";
import type { InvalidAnswer } from "@/contracts/job-triage";
import type { Job } from "@/contracts/jobs";
import type { LabelDefinition } from "@/contracts/label-schema";
import { problemOf, useTRPC } from "@/trpc/client";
import { reasonText } from "../job-words";
import { openLabels, readSpans } from "./read-labels";
import { ResolveLabel } from "./resolve-label";
import { ResolveSpans } from "./resolve-spans";
import type { Given, useResolve } from "./use-resolve";

type AnswerToResolveProps = {
  project: string;
  job: Job;
  labels: readonly LabelDefinition[];
  answer: InvalidAnswer;
  canResolve: boolean;
  writing: ReturnType<typeof useResolve>;
  /** Goes on without deciding; undefined at the last. */
  onSkip: (() => void) | undefined;
};

/** One answer, a record that got it, and what it may have meant. */
export function AnswerToResolve({
  project,
  job,
  labels,
  answer,
  canResolve,
  writing,
  onSkip,
}: AnswerToResolveProps) {
  const trpc = useTRPC();
  const format = useFormat();
  const record = useQuery(trpc.records.get.queryOptions({ project, id: answer.recordId }));
  // Only one of the texts is shown, and the same answer may mean something else for another.
  const [all, setAll] = useState(false);
  const [decided, setDecided] = useState<string[]>([]);
  const open = openLabels(job, labels, record.data ?? {});
  const ofSpans = open.filter(({ level }) => level === "span");
  const keyed = open.find(({ name, level }) => level === "record" && !decided.includes(name));
  const several = answer.count > 1;
  function decide(label: string, given: Given): void {
    const sameText = several && all && "value" in given;
    writing.resolve({ recordId: answer.recordId, label, sameText, ...given }, () => {
      setDecided((now) => [...now, label]);
      const done = open.every(({ name }) => name === label || decided.includes(name));
      if (done && (sameText || !several)) onSkip?.();
    });
  }
  return (
    <div className="flex max-w-3xl flex-col gap-5">
      <section aria-label="The answer" className="flex flex-col gap-2">
        <p className="text-muted text-xs">
          {answer.reason ? reasonText(answer.reason) : "It could not be read."}
        </p>
        <CodeBlock label="The answer" text={answer.text} wrap>
          {answer.text || "(empty)"}
        </CodeBlock>
      </section>
      <section aria-label="A record with this answer" className="flex flex-col gap-2">
        <p className="text-muted text-xs">
          {several ? `One of ${format.count(answer.count)} records with this answer: ` : "Record "}
          <Link
            href={recordsHref(project, { query: { ids: [answer.recordId] } })}
            className="text-accent underline"
          >
            {answer.externalId}
          </Link>
        </p>
        {record.error ? (
          <Notice tone="bad" title="The record did not load">
            {problemOf(record.error).detail}
          </Notice>
        ) : (
          // Where spans are to be marked, the text stands with them.
          (ofSpans.length === 0 || !canResolve || !record.data) && (
            <p className="record-text whitespace-pre-wrap break-words">{record.data?.content ?? "…"}</p>
          )
        )}
      </section>
      {canResolve ? (
        <>
          {several && ofSpans.length < open.length ? (
            <Checkbox
              label={`Decide for all ${format.count(answer.count)} records with this answer`}
              hint="Records that you labelled before keep your label."
              checked={all}
              onCheckedChange={(on) => setAll(on === true)}
            />
          ) : null}
          {record.data
            ? open.map((label) =>
                label.level === "span" ? (
                  <ResolveSpans
                    key={label.name}
                    label={label}
                    text={record.data.content}
                    read={readSpans(record.data, job.id, label.name)}
                    decided={decided.includes(label.name)}
                    busy={writing.isPending}
                    onResolve={(spans) => decide(label.name, { spans })}
                  />
                ) : (
                  <ResolveLabel
                    key={label.name}
                    label={label}
                    keyed={label === keyed}
                    decided={decided.includes(label.name)}
                    busy={writing.isPending}
                    onResolve={(value) => decide(label.name, { value })}
                  />
                ),
              )
            : null}
          {writing.error ? (
            <Notice tone="bad" title="It was not resolved">
              {problemOf(writing.error).detail}
            </Notice>
          ) : null}
        </>
      ) : (
        <Notice title="You can look at these answers, not resolve them">
          Reviewers and administrators of the project can.
        </Notice>
      )}
      {onSkip ? (
        <Button variant="ghost" className="self-start" onClick={onSkip}>
          Leave it, go to the next
        </Button>
      ) : null}
    </div>
  );
}
