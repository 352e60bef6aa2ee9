"use client";

import { X } from "lucide-react";
import { CopyButton } from "@/components/ui/copy-button";
import { IconButton } from "@/components/ui/icon-button";
import { Notice } from "@/components/ui/notice";
import type { WorkRecord } from "@/contracts/annotating";
import { useAnnotateView } from "./annotate-context";
import { AnswerWords } from "./answer-cell";
import { isAnswered, type Words } from "./answers/said";
import type { AnswerNotice } from "./answers/types";

const reasons = {
  closed: "These records are closed.",
  forbidden: "You may no longer label here. Ask an administrator of the project.",
  "signed-out": "You are signed out. Sign in again in another tab, then reload this page.",
  gone: "The project no longer exists.",
} as const;

/** What stands in the way, in place: lost access, an answer that was overtaken or not taken. */
export function AnnotateNotices({ rows }: { rows: readonly WorkRecord[] }) {
  const { answers } = useAnnotateView();
  const { save } = answers;
  return (
    <div className="flex shrink-0 flex-col gap-2 px-4 empty:hidden [&>*]:mt-2">
      {save.kind === "refused" ? (
        <Notice
          tone="bad"
          action={
            save.kept.length > 0 ? (
              <CopyButton
                label="Copy what was not sent"
                wide
                text={() => JSON.stringify(save.kept, null, 2)}
              />
            ) : null
          }
        >
          {reasons[save.reason]}
          {save.kept.length > 0 ? " What was not sent is kept in this browser." : null}
        </Notice>
      ) : null}
      {answers.notices.map((notice, index) => (
        <Notice
          key={`${notice.recordId} ${notice.label} ${notice.at}`}
          tone="warn"
          action={
            <IconButton label="Dismiss" variant="ghost" onClick={() => answers.dismissNotice(index)}>
              <X aria-hidden />
            </IconButton>
          }
        >
          <NoticeWords notice={notice} name={rows.find(({ id }) => id === notice.recordId)?.externalId} />
        </Notice>
      ))}
    </div>
  );
}

function NoticeWords({ notice, name }: { notice: AnswerNotice; name: string | undefined }) {
  const where = `${notice.label} of ${name ?? "a record"}`;
  if (!notice.stands)
    return (
      <>
        {where}: {notice.message}
      </>
    );
  return (
    <span className="inline-flex flex-wrap items-center gap-1.5">
      {where}: you answered this in another window too. What stands is{" "}
      <Answer name={notice.label} words={notice.stands} />, what you gave here was{" "}
      <Answer name={notice.label} words={notice.mine} />. Give it again to change it.
    </span>
  );
}

function Answer({ name, words }: { name: string; words: Words }) {
  const { labels } = useAnnotateView();
  const label = labels.find((one) => one.name === name);
  return label && isAnswered(words) ? <AnswerWords label={label} words={words} /> : <span>no answer</span>;
}
