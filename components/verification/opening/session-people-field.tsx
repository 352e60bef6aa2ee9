"use client";

import { useQuery } from "@tanstack/react-query";
import { PeoplePicker } from "@/components/assignments/assign/people-picker";
import { Notice } from "@/components/ui/notice";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { Session } from "@/contracts/sessions";
import { problemOf, useTRPC } from "@/trpc/client";

type SessionPeopleFieldProps = {
  /** Slug. */
  project: string;
  mode: Session["mode"];
  /** By id. */
  value: readonly string[];
  onChange: (userIds: string[]) => void;
};

/** Which annotators of the project a session is open to, and what that lets them do. */
export function SessionPeopleField({ project, mode, value, onChange }: SessionPeopleFieldProps) {
  const trpc = useTRPC();
  const members = useQuery(trpc.access.listMembers.queryOptions({ project, limit: 1000 }));
  if (members.error) return <Notice tone="bad">{problemOf(members.error).detail}</Notice>;
  if (!members.data) return <SkeletonRows label="Loading people" rows={2} />;
  const annotators = members.data.items.filter(({ role, disabled }) => role === "annotator" && !disabled);
  return (
    <div className="flex flex-col gap-1">
      {annotators.length === 0 ? (
        <p>
          <span className="block font-medium">People</span>
          <span className="text-muted">
            No annotator is in this project yet. Administrators invite them by a link, in the settings.
          </span>
        </p>
      ) : (
        <PeoplePicker members={annotators} value={value} onChange={onChange} />
      )}
      <p className="text-faint text-xs">
        {mode === "independent"
          ? "Annotators who are let in see the session's texts and labels and give verdicts of their own; nothing else of the project opens to them."
          : "Annotators who are let in see the session's texts and labels, who is in it, and decide with everybody; nothing else of the project opens to them."}{" "}
        Reviewers and administrators are in every session.
      </p>
    </div>
  );
}
