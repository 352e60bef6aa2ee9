"use client";

import { X } from "lucide-react";
import type { SaveState } from "@/components/saving/save-state";
import { CopyButton } from "@/components/ui/copy-button";
import { IconButton } from "@/components/ui/icon-button";
import { Notice } from "@/components/ui/notice";
import type { Kept } from "@/components/verification/live/types";
import type { Refusal } from "@/contracts/live";
import type { Session } from "@/contracts/sessions";
import { type SessionView, useSaveState, useSessionView } from "./session-context";

const reasons = {
  closed: "The session was closed. It can be read, not changed.",
  forbidden: "You no longer have access to this session. Ask an administrator of the project.",
  "signed-out": "You are signed out. Sign in again in another tab, then reload this page.",
  gone: "The session no longer exists.",
} as const;

type Refused = Extract<SaveState<Kept>, { kind: "refused" }>;

/** What stands in the way, in place: lost access, a closed session, an edit that was not taken. */
export function SessionNotices({ session, canVerify }: { session: Session; canVerify: boolean }) {
  const { live, nameOf } = useSessionView();
  const save = useSaveState();
  const closed = session.state === "closed";
  return (
    <div className="flex shrink-0 flex-col gap-2 px-4 empty:hidden [&>*]:mt-2">
      {save.kind === "refused" ? <NotSent state={save} /> : null}
      {closed && save.kind !== "refused" ? (
        <Notice>This session is closed: its verdicts can be read, not changed.</Notice>
      ) : null}
      {session.mode === "independent" && !closed ? (
        <Notice>
          You don't see others' verdicts on a label until you have decided it; then they stand in the focus
          view.
        </Notice>
      ) : null}
      {!canVerify && !closed ? (
        <Notice>Your role lets you watch this session, not decide in it.</Notice>
      ) : null}
      {live.refusals.map((refusal, index) => (
        <Notice
          key={`${refusal.code}:${refusal.keys.join(",")}`}
          tone="warn"
          action={
            <IconButton label="Dismiss" variant="ghost" onClick={() => live.dismissRefusal(index)}>
              <X aria-hidden />
            </IconButton>
          }
        >
          {wordsOf(refusal, nameOf)}
        </Notice>
      ))}
    </div>
  );
}

/** Who was first is told by name; what came after it is in the history, and may be decided anew. */
function wordsOf({ code, keys, current = {}, message }: Refusal, nameOf: SessionView["nameOf"]): string {
  const people = [...new Set(Object.values(current).flatMap((mark) => (mark ? [nameOf(mark.by)] : [])))];
  if (code !== "overtaken" || people.length === 0) return message;
  const labels = keys.length === 1 ? "a label" : `${keys.length} labels`;
  return `${people.join(", ")} decided ${labels} before you. What you said is in the history; you can decide again.`;
}

function NotSent({ state }: { state: Refused }) {
  return (
    <Notice
      tone="bad"
      action={
        state.kept.length > 0 ? (
          <CopyButton label="Copy what was not sent" wide text={() => JSON.stringify(state.kept, null, 2)} />
        ) : null
      }
    >
      {reasons[state.reason]}
      {state.kept.length > 0
        ? ` ${state.kept.length} of your decisions ${state.kept.length === 1 ? "was" : "were"} not sent.`
        : null}
    </Notice>
  );
}
