"use client";

import {
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { useFocusReturn } from "@/components/ui/focus-return";
import { Kbd } from "@/components/ui/kbd";
import { Textarea } from "@/components/ui/textarea";
import { MAX_COMMENT, type Mentionable } from "@/contracts/discussions";
import { handleFor, type Mentioned, toStored } from "@/contracts/mentions";
import { problemOf } from "@/trpc/client";
import { type CommentDraft, keepDraft, readDraft } from "./comment-drafts";
import { MentionList, mentionOptionId } from "./mention-list";
import { useMentionList } from "./use-mention-list";

type CommentEditorProps = {
  recordId: string;
  /** What it begins with; else what was written here before and not sent. */
  initial?: CommentDraft;
  label: string;
  /** The verb on the button. */
  verb: string;
  /** Takes the keyboard when it appears. */
  takesFocus?: boolean;
  /** Sends the text, mentions as `@{id}`. Its failure is shown here, and nothing is lost. */
  onSubmit: (body: string) => Promise<unknown>;
  /** After it was sent, or put away with Escape. */
  onDone?: (() => void) | undefined;
};

/** A field for a comment: `@` offers people by keyboard, Ctrl+Enter sends, Escape leaves and keeps what was written. */
export function CommentEditor(props: CommentEditorProps) {
  const { recordId, initial, label, verb, takesFocus = false, onSubmit, onDone } = props;
  const listId = useId();
  const form = useRef<HTMLFormElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const [draft, setDraft] = useState<CommentDraft>(() => initial ?? readDraft(recordId));
  const [cursor, setCursor] = useState<number | null>(null);
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [nextCursor, setNextCursor] = useState<number | null>(null);

  useFocusReturn(form);
  useEffect(() => {
    if (takesFocus) field.current?.focus();
  }, [takesFocus]);

  const write = (next: CommentDraft) => {
    setDraft(next);
    setProblem(undefined);
    if (!initial) keepDraft(recordId, next);
  };
  const list = useMentionList({
    recordId,
    text: draft.text,
    cursor,
    onPick: (person: Mentioned, at: number) => {
      const handle = handleFor(person, draft.handles);
      const before = `${draft.text.slice(0, at)}@${handle.handle} `;
      const after = draft.text.slice(cursor ?? draft.text.length).replace(/^ /, "");
      const others = draft.handles.filter(({ id }) => id !== handle.id);
      write({ text: before + after, handles: [...others, handle] });
      setNextCursor(before.length);
    },
  });
  useLayoutEffect(() => {
    if (nextCursor === null) return;
    field.current?.setSelectionRange(nextCursor, nextCursor);
    setCursor(nextCursor);
    setNextCursor(null);
  }, [nextCursor]);

  const body = toStored(draft.text, draft.handles).trim();
  const length = [...body].length;
  const canSend = length > 0 && length <= MAX_COMMENT;
  const send = async () => {
    if (!canSend || sending) return;
    setSending(true);
    try {
      await onSubmit(body);
      write({ text: "", handles: [] });
      onDone?.();
    } catch (error) {
      setProblem(problemOf(error).detail);
    } finally {
      setSending(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (list.onKey(event)) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void send();
    }
  };
  useEscape(field, () => {
    if (list.dismiss()) return true;
    onDone?.();
    return onDone !== undefined;
  });
  const follow = () => setCursor(field.current?.selectionEnd ?? null);
  const offers = list.people.length > 0;
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Field
        label={label}
        error={problem ?? (length > MAX_COMMENT ? tooLong(length) : undefined)}
        hint="@ mentions somebody. Markdown works."
      >
        {(control) => (
          <Textarea
            {...control}
            ref={field}
            value={draft.text}
            rows={2}
            aria-autocomplete="list"
            aria-controls={offers ? listId : undefined}
            aria-activedescendant={offers ? mentionOptionId(listId, list.active) : undefined}
            onChange={(event) => {
              write({ ...draft, text: event.target.value });
              setCursor(event.target.selectionEnd);
            }}
            onSelect={follow}
            onBlur={() => setCursor(null)}
            onKeyDown={onKeyDown}
          />
        )}
      </Field>
      {offers ? (
        <MentionList id={listId} people={list.people} active={list.active} onPick={list.pick} />
      ) : null}
      <p role="status" className="text-faint text-xs">
        {offers ? <span className="sr-only">{offerWords(list.people, list.active)}</span> : null}
        {list.isNobody ? "Nobody of that name sees this record." : null}
      </p>
      <div className="mt-2 flex items-center gap-2">
        <Button type="submit" variant="primary" size="sm" busy={sending} disabled={!canSend}>
          {verb}
        </Button>
        {onDone ? (
          <Button size="sm" variant="ghost" onClick={onDone}>
            Close
          </Button>
        ) : null}
        <Kbd className="ml-auto max-sm:hidden">Ctrl+Enter</Kbd>
      </div>
    </form>
  );
}

/**
 * Answers Escape while the field has the keyboard, before a drawer around it does.
 * @param onEscape whether it was for the field
 */
function useEscape(field: RefObject<HTMLElement | null>, onEscape: () => boolean): void {
  const answer = useRef(onEscape);
  useEffect(() => {
    answer.current = onEscape;
  });
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent) => {
      if (event.key !== "Escape" || event.isComposing || document.activeElement !== field.current) return;
      if (!answer.current()) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener("keydown", listen, { capture: true });
    return () => window.removeEventListener("keydown", listen, { capture: true });
  }, [field]);
}

const tooLong = (length: number) =>
  `The comment has ${length} characters: shorten it to ${MAX_COMMENT} to send it.`;

function offerWords(people: readonly Mentionable[], active: number): string {
  const { name = "", role = "", email } = people[active] ?? {};
  return `${name}, ${email ?? role}, ${active + 1} of ${people.length}. Enter picks.`;
}
