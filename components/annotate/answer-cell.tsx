"use client";

import { CircleHelp, CircleSlash, CloudUpload } from "lucide-react";
import { lookOf } from "@/components/labelling/label-options";
import { cn } from "@/components/ui/cn";
import { Kbd } from "@/components/ui/kbd";
import { OptionChip } from "@/components/ui/option-chip";
import { useAnnotateView } from "./annotate-context";
import type { Words } from "./answers/said";
import type { WorkLabel } from "./work-labels";

type AnswerProps = { recordId: string; label: WorkLabel };

/** My answer in a row; a choice under way is shown with the key that ends it. */
export function AnswerCell({ recordId, label }: AnswerProps) {
  const { answers, draft, active } = useAnnotateView();
  const isActive = active?.label === label.name && active.recordId === recordId;
  const started = draft?.recordId === recordId && draft.label === label.name ? draft : null;
  const said = answers.answerOf(recordId, label.name);
  return (
    <span className={cn("flex min-w-0 items-center gap-1", isActive && "border-accent border-b")}>
      {started ? (
        <>
          <Kbd>Enter</Kbd>
          <Chips label={label} value={started.value} variant="outlined" />
        </>
      ) : said ? (
        <AnswerWords label={label} words={said} />
      ) : (
        <span className="text-faint">{isActive ? "choose" : "–"}</span>
      )}
      {answers.isUnsaved(recordId, label.name) ? <NotSaved /> : null}
    </span>
  );
}

/** What an answer says: options filled, as a person's are, or why there is none. */
export function AnswerWords({ label, words }: { label: WorkLabel; words: Words }) {
  if (words.status === "UNSURE")
    return (
      <Said icon={CircleHelp} title={words.reason ?? undefined}>
        Can't tell
      </Said>
    );
  if (words.status === "NONE") return <Said icon={CircleSlash}>Nothing to mark</Said>;
  if (label.level === "span")
    return (
      <span className="tabular whitespace-nowrap text-muted">
        {words.spans.length === 1 ? "1 span" : `${words.spans.length} spans`}
      </span>
    );
  return <Chips label={label} value={words.value} variant="filled" />;
}

type SaidProps = { icon: typeof CircleHelp; title?: string | undefined; children: string };

const Said = ({ icon: Icon, title, children }: SaidProps) => (
  <span className="inline-flex shrink-0 items-center gap-1 text-muted text-xs" title={title}>
    <Icon aria-hidden className="size-3.5" /> {children}
  </span>
);

type ChipsProps = { label: WorkLabel; value: readonly string[]; variant: "filled" | "outlined" };

function Chips({ label, value, variant }: ChipsProps) {
  if (value.length === 0) return <span className="text-faint text-xs">none chosen</span>;
  return value.map((one) => {
    const look = lookOf(label.options, one);
    return (
      <OptionChip
        key={one}
        color={look.color}
        text={look.text}
        variant={variant}
        className={value.length > 1 ? "shrink-0" : undefined}
      />
    );
  });
}

const NotSaved = () => (
  <span className="shrink-0 text-faint" title="Not saved yet">
    <CloudUpload aria-hidden className="size-3.5" />
    <span className="sr-only">not saved yet</span>
  </span>
);
