"use client";

import { useId } from "react";
import { DecideToolbar } from "@/components/labelling/decide-toolbar";
import { OptionButton } from "@/components/labelling/option-button";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Kbd } from "@/components/ui/kbd";
import { useKeyNames } from "@/components/ui/keys/keys-context";
import { useAnnotateView } from "./annotate-context";
import { AnswerWords } from "./answer-cell";
import type { Labelling } from "./use-labelling";
import type { WorkLabel } from "./work-labels";

type LabelBlockProps = { recordId: string; label: WorkLabel; labelling: Labelling };

/** One label of the record in focus: its options with their keys while it is the one that keys answer. */
export function LabelBlock({ recordId, label, labelling }: LabelBlockProps) {
  const { answers, draft, active } = useAnnotateView();
  const isActive = active?.label === label.name;
  const said = answers.answerOf(recordId, label.name);
  const chosen = draft?.label === label.name ? draft.value : (said?.value ?? []);
  return (
    <LabelFrame label={label} isActive={isActive} onPick={() => labelling.pick(label.name)}>
      {said && said.value.length === 0 ? (
        <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1">
          <AnswerWords label={label} words={said} />
          {said.reason ? <span className="text-muted text-xs">{said.reason}</span> : null}
        </div>
      ) : null}
      <div className="grid min-w-0 gap-2 sm:grid-cols-2">
        {label.options.map((option) => (
          <OptionButton
            key={option.value}
            option={isActive ? option : { ...option, key: null }}
            chosen={chosen.includes(option.value)}
            byAgent={false}
            probability={null}
            disabled={answers.readOnly}
            onChoose={() => labelling.choose(option.value, label)}
          />
        ))}
      </div>
    </LabelFrame>
  );
}

type LabelFrameProps = {
  label: WorkLabel;
  isActive: boolean;
  onPick: () => void;
  children: React.ReactNode;
};

/** The name of a label above what answers it; a line at its side says that keys answer it. */
export function LabelFrame({ label, isActive, onPick, children }: LabelFrameProps) {
  const { labels } = useAnnotateView();
  const name = useId();
  const alone = labels.length === 1;
  return (
    <section
      aria-labelledby={name}
      aria-current={isActive && !alone ? "true" : undefined}
      className={cn("mt-4 min-w-0", !alone && "border-l-2 pl-3", !alone && isActive && "border-accent")}
    >
      <h2 id={name} className={cn("mb-2 flex items-baseline gap-2 text-sm", alone && "sr-only")}>
        {alone ? (
          label.name
        ) : (
          <button type="button" onClick={onPick} className="rounded-sm font-medium hover:underline">
            {label.name}
          </button>
        )}
        {label.multi ? <span className="text-faint text-xs">one or more</span> : null}
        {label.asked ? null : <span className="text-faint text-xs">optional</span>}
      </h2>
      {children}
    </section>
  );
}

/** What ends a record: what is chosen is set, or it is passed over. */
export function DecideBar({ labelling }: { labelling: Labelling }) {
  const { answers, draft } = useAnnotateView();
  const namesOf = useKeyNames();
  const { active, focused } = labelling;
  const stands = active && focused ? answers.answerOf(focused.id, active.name) : null;
  const words = draft
    ? "Set what is chosen"
    : active?.level === "span" && !stands
      ? "Nothing to mark"
      : "Go on";
  return (
    <DecideToolbar>
      <Button
        variant={draft || active?.level === "span" ? "primary" : "secondary"}
        className="max-sm:flex-1"
        onClick={labelling.confirm}
        disabled={answers.readOnly}
      >
        {words} <Kbd className="max-sm:hidden">Enter</Kbd>
      </Button>
      <Button className="max-sm:flex-1" onClick={labelling.doubt} disabled={answers.readOnly}>
        Can't tell <Kbd className="max-sm:hidden">0</Kbd>
      </Button>
      <Button variant="ghost" className="max-sm:flex-1" onClick={labelling.skip}>
        Skip for now <Kbd className="max-sm:hidden">{namesOf("work.next")[0]}</Kbd>
      </Button>
      <Button
        variant="ghost"
        className="ml-auto max-sm:hidden"
        onClick={labelling.undo}
        disabled={answers.readOnly}
      >
        Undo <Kbd>{namesOf("work.undo")[0]}</Kbd>
      </Button>
    </DecideToolbar>
  );
}
