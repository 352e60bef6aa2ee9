"use client";

import { type KeyboardEvent, useId, useMemo, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Kbd } from "@/components/ui/kbd";
import { Textarea } from "@/components/ui/textarea";
import type { Query } from "@/contracts/query";
import type { QueryTextProblem } from "@/contracts/query-text";
import { textDoubts } from "./query-doubts";
import { parseQueryText, printQuery, queryNames } from "./query-text";
import { type Suggestion, suggest } from "./suggest";
import { SuggestionList } from "./suggestion-list";
import type { Vocabulary } from "./vocabulary";

type QueryTextFieldProps = {
  value: Query | null;
  /** What the address says when it can't be asked: it is mended here. */
  wrongText: string | undefined;
  onChange: (query: Query | null) => void;
  vocabulary: Vocabulary;
  /** Where it was opened to be typed into: else what is typed would be keys of the page. */
  takesKeyboard?: boolean;
};

/** The mirror below the letters must break its lines where the field does. */
const letters = "whitespace-pre-wrap break-words px-2 py-1.5 font-mono text-xs leading-5";

/** The query as text: names are offered as one types, and what is wrong is marked where it stands. */
export function QueryTextField(props: QueryTextFieldProps) {
  const { value, wrongText, onChange, vocabulary, takesKeyboard = false } = props;
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const names = useMemo(() => queryNames(vocabulary), [vocabulary]);
  const [draft, setDraft] = useState<string | null>(wrongText ?? null);
  const [caret, setCaret] = useState<number | null>(null);
  const [picked, setPicked] = useState(-1);
  const text = draft ?? printQuery(value, names);
  const [problem] = useMemo(() => parseQueryText(text, names).problems, [text, names]);
  const [doubt] = useMemo(() => textDoubts(text, vocabulary), [text, vocabulary]);
  const marked = problem ?? doubt;
  const offered = caret === null ? null : suggest(text, caret, vocabulary);
  const items = offered?.items ?? [];

  function write(next: string, at: number) {
    setDraft(next);
    setCaret(at);
    setPicked(-1);
  }

  function accept({ insert }: Suggestion) {
    if (!offered) return;
    const next = `${text.slice(0, offered.from)}${insert}${text.slice(offered.to)}`;
    const at = offered.from + insert.length;
    write(next, at);
    // After React has put the text into the field.
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(at, at);
    });
  }

  function search() {
    const read = parseQueryText(text, names);
    const [first] = read.problems;
    setCaret(null);
    if (first) return field.current?.setSelectionRange(first.at, first.at + first.length);
    setDraft(null);
    onChange(read.query);
  }

  function onKeyDown(event: KeyboardEvent) {
    const item = items[picked] ?? (event.key === "Tab" && !event.shiftKey ? items[0] : undefined);
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && items.length > 0) {
      const by = event.key === "ArrowDown" ? 1 : -1;
      setPicked((now) => Math.min(items.length - 1, Math.max(-1, now + by)));
    } else if ((event.key === "Enter" || event.key === "Tab") && item) accept(item);
    else if (event.key === "Enter" && !event.shiftKey) search();
    else if (event.key === "Escape" && items.length > 0) setCaret(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        search();
      }}
    >
      <div className="relative">
        <Marked text={text} problem={marked} tone={problem ? "bad" : "warn"} />
        <Textarea
          ref={field}
          id={id}
          autoFocus={takesKeyboard}
          aria-label="Query"
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={picked >= 0 ? `${id}-list-${picked}` : undefined}
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}-says`}
          rows={Math.min(8, Math.max(2, text.split("\n").length))}
          value={text}
          spellCheck={false}
          placeholder="conf < 0.9 and label:sentiment = neg"
          className={cn(letters, "relative min-h-0 resize-none bg-transparent read-only:bg-transparent")}
          onChange={(event) => write(event.target.value, event.target.selectionStart)}
          onClick={() => setCaret(null)}
          onBlur={() => setCaret(null)}
          onKeyDown={onKeyDown}
        />
        <SuggestionList id={`${id}-list`} items={items} picked={picked} onPick={accept} />
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button type="submit" disabled={problem !== undefined}>
          Search
        </Button>
        <p
          id={`${id}-says`}
          role="status"
          className={cn("text-xs", problem ? "text-bad" : doubt ? "text-warn" : "text-faint")}
        >
          {marked ? (
            `Character ${marked.column}: ${marked.message}`
          ) : (
            <>
              Words, <code>label:name = option</code>, <code>metadata.name &gt; 3</code>,{" "}
              <code>conf &lt; 0.9</code>, and, or, not, brackets. <Kbd>Enter</Kbd> searches.
            </>
          )}
        </p>
      </div>
    </form>
  );
}

type MarkedProps = { text: string; problem: QueryTextProblem | undefined; tone: "bad" | "warn" };

/** The text once more below the field's own, unseen but for a mark under what is wrong. */
function Marked({ text, problem, tone }: MarkedProps) {
  if (!problem) return null;
  const end = problem.at + problem.length;
  return (
    <div
      aria-hidden
      className={cn(
        "pointer-events-none absolute inset-0 overflow-hidden border border-transparent text-transparent",
        letters,
      )}
    >
      {text.slice(0, problem.at)}
      <mark
        className={cn(
          "rounded-sm text-transparent underline decoration-wavy",
          tone === "bad" ? "bg-bad-soft decoration-bad" : "bg-warn-soft decoration-warn",
        )}
      >
        {text.slice(problem.at, end) || " "}
      </mark>
      {text.slice(end)}
    </div>
  );
}
