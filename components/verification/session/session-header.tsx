"use client";

import { LayoutList, RectangleVertical } from "lucide-react";
import { memo } from "react";
import { GuidelinesButton } from "@/components/labelling/guidelines-button";
import { RecordSourceWords } from "@/components/query/record-source-words";
import { SaveStateLine } from "@/components/saving/save-state-line";
import { AvatarStack } from "@/components/ui/avatar-stack";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { Figure } from "@/components/ui/figure";
import { Interval } from "@/components/ui/interval";
import { PageHeader } from "@/components/ui/page-header";
import { ProgressBar } from "@/components/ui/progress-bar";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { ApartNote } from "@/components/verification/apart-note";
import type { PeerPresence } from "@/components/verification/live/types";
import { SessionKindBadges } from "@/components/verification/sessions/session-kind-badges";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { Session } from "@/contracts/sessions";
import { useSaveState, useSessionView } from "./session-context";
import { SessionMenu } from "./session-menu";

type SessionHeaderProps = {
  project: string;
  session: Session;
  label: LabelDefinition;
  view: "table" | "focus";
  onViewChange: (view: "table" | "focus") => void;
  canManage: boolean;
};

const viewOptions = [
  { value: "table", label: <ViewLabel icon={LayoutList} text="Table" /> },
  { value: "focus", label: <ViewLabel icon={RectangleVertical} text="Focus" /> },
] as const;

/** The one line above a session: where, who is here, and whether my work is safe. `onViewChange` shall stay the same. */
export const SessionHeader = memo(function SessionHeader(props: SessionHeaderProps) {
  const { project, session, label, view, onViewChange, canManage } = props;
  return (
    <PageHeader
      crumbs={[{ label: "Verify", href: `/p/${project}/verify` }]}
      title={session.name}
      meta={
        <>
          <span className="max-sm:hidden">{session.label}</span>
          {session.state === "closed" ? <Badge>Closed</Badge> : null}
          <SessionKindBadges session={session} />
          {session.records ? (
            <RecordSourceWords
              project={project}
              source={session.records}
              className="max-w-40 max-md:hidden"
            />
          ) : null}
        </>
      }
      actions={
        <>
          <SavedOrNot />
          {session.mode === "independent" ? null : <HereNow />}
          <GuidelinesButton labels={[label]} />
          <SegmentedControl label="View" value={view} onValueChange={onViewChange} options={viewOptions} />
          <SessionMenu project={project} session={session} canManage={canManage} />
        </>
      }
    />
  );
});

function SavedOrNot() {
  return <SaveStateLine state={useSaveState()} />;
}

function HereNow() {
  const { live, me, nameOf } = useSessionView();
  return <AvatarStack label="Here now" people={peopleHere(live.peers, me, nameOf)} />;
}

/** How far the session is and how often people agreed with the agent, counted by the server. */
export const SessionProgress = memo(function SessionProgress({ session }: { session: Session }) {
  const { counts, overall, verdictsPerItem, agreement, apart } = session;
  return (
    <div
      className={cn(
        "flex shrink-0 flex-wrap content-center items-center gap-x-5 gap-y-1.5 border-b px-4 py-2 text-xs",
        // Two lines as soon as there are figures: the list below must not move under the pointer.
        overall && "sm:min-h-14",
      )}
    >
      <ProgressBar
        label={overall ? "Verified by you" : "Verified"}
        total={counts.total}
        parts={[
          { value: counts.confirmed, tone: "good", name: "confirmed" },
          { value: counts.corrected, tone: "accent", name: "corrected" },
          { value: counts.unsure + counts.hidden, tone: "muted", name: "can't tell or hidden" },
        ]}
        className="w-40 shrink-0 max-sm:w-auto max-sm:flex-1"
      />
      <Count name={overall ? "verified by you" : "verified"} value={counts.verified} of={counts.total} />
      <span className="flex flex-wrap gap-x-5 max-sm:hidden">
        <Count name="confirmed" value={counts.confirmed} />
        <Count name="corrected" value={counts.corrected} />
        {counts.unsure > 0 ? <Count name="can't tell" value={counts.unsure} /> : null}
        {counts.hidden > 0 ? <Count name="hidden until you decide" value={counts.hidden} /> : null}
        {overall ? (
          <>
            <Count
              name="verdicts of all"
              value={overall.verdicts}
              of={counts.total * (verdictsPerItem ?? 1)}
            />
            <Count name="complete" value={overall.complete} of={counts.total} />
          </>
        ) : (
          <Count name="left" value={counts.left} />
        )}
        {counts.blind > 0 ? <BlindShare blind={counts.blind} total={counts.total} /> : null}
      </span>
      <span className="ml-auto flex items-center gap-2 text-muted max-sm:hidden">
        Agreement with the agent
        <Interval
          value={agreement}
          n={agreement?.n ?? 0}
          method="95% Wilson"
          reason="Nobody has confirmed or corrected a label by itself yet"
        />
        <ApartNote apart={apart} />
      </span>
    </div>
  );
});

/** How many labels hide what the agent gave, of all. */
function BlindShare({ blind, total }: { blind: number; total: number }) {
  return (
    <span className="whitespace-nowrap text-muted" data-count="blind">
      <span className="font-medium text-text">
        <Figure value={blind} />
      </span>{" "}
      blind (<Figure value={blind / total} as="share" />)
    </span>
  );
}

function Count({ name, value, of }: { name: string; value: number; of?: number }) {
  return (
    <span className="whitespace-nowrap text-muted" data-count={name.replace(/\W+/g, "-")}>
      <span className="font-medium text-text">
        <Figure value={value} />
        {of === undefined ? null : (
          <>
            {" / "}
            <Figure value={of} />
          </>
        )}
      </span>{" "}
      {name}
    </span>
  );
}

/** Each person once, however many windows they have open; me first. */
function peopleHere(peers: readonly PeerPresence[], me: { id: string }, nameOf: (userId: string) => string) {
  const others = new Set(peers.map(({ user }) => user.id).filter((id) => id !== me.id));
  return [
    { id: me.id, name: nameOf(me.id), note: "you" },
    ...[...others].map((id) => ({ id, name: nameOf(id) })),
  ];
}

function ViewLabel({ icon: Icon, text }: { icon: typeof LayoutList; text: string }) {
  return (
    <>
      <Icon aria-hidden />
      <span className="max-sm:sr-only">{text}</span>
    </>
  );
}
