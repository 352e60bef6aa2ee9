"use client";

import { LayoutList, RectangleVertical } from "lucide-react";
import { GuidelinesButton } from "@/components/labelling/guidelines-button";
import { AvatarStack } from "@/components/ui/avatar-stack";
import { Badge } from "@/components/ui/badge";
import { Figure } from "@/components/ui/figure";
import { Interval } from "@/components/ui/interval";
import { PageHeader } from "@/components/ui/page-header";
import { ProgressBar } from "@/components/ui/progress-bar";
import { SegmentedControl } from "@/components/ui/segmented-control";
import type { PeerPresence } from "@/components/verification/live/types";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { Session } from "@/contracts/sessions";
import { SaveState } from "./save-state";
import { useSessionView } from "./session-context";
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

/** The one line above a session: where, how far, how good, who is here, and whether my work is safe. */
export function SessionHeader(props: SessionHeaderProps) {
  const { project, session, label, view, onViewChange, canManage } = props;
  const { live, me } = useSessionView();
  return (
    <PageHeader
      crumbs={[{ label: "Verify", href: `/p/${project}/verify` }]}
      title={session.name}
      meta={
        <>
          <span className="max-sm:hidden">{session.label}</span>
          {session.state === "closed" ? <Badge>Closed</Badge> : null}
        </>
      }
      actions={
        <>
          <SaveState state={live.save} />
          <AvatarStack label="Here now" people={peopleHere(live.peers, me)} />
          <GuidelinesButton labels={[label]} />
          <SegmentedControl label="View" value={view} onValueChange={onViewChange} options={viewOptions} />
          <SessionMenu project={project} session={session} canManage={canManage} />
        </>
      }
    />
  );
}

/** How far the session is and how often people agreed with the agent, counted by the server. */
export function SessionProgress({ session: { counts, agreement } }: { session: Session }) {
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-5 gap-y-1.5 border-b px-4 py-2 text-xs">
      <ProgressBar
        label="Verified"
        total={counts.total}
        parts={[
          { value: counts.confirmed, tone: "good", name: "confirmed" },
          { value: counts.corrected, tone: "accent", name: "corrected" },
          { value: counts.unsure, tone: "muted", name: "can't tell" },
        ]}
        className="w-40 shrink-0 max-sm:w-auto max-sm:flex-1"
      />
      <Count name="verified" value={counts.verified} of={counts.total} />
      <span className="flex flex-wrap gap-x-5 max-sm:hidden">
        <Count name="confirmed" value={counts.confirmed} />
        <Count name="corrected" value={counts.corrected} />
        {counts.unsure > 0 ? <Count name="can't tell" value={counts.unsure} /> : null}
        <Count name="left" value={counts.left} />
      </span>
      <span className="ml-auto flex items-center gap-2 text-muted max-sm:hidden">
        Agreement with the agent
        <Interval
          value={agreement}
          n={agreement?.n ?? 0}
          method="95% Wilson"
          reason="Nobody has confirmed or corrected a label yet"
        />
      </span>
    </div>
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
function peopleHere(peers: readonly PeerPresence[], me: { id: string; name: string }) {
  const others = new Map(
    peers.filter((peer) => peer.user.id !== me.id).map((peer) => [peer.user.id, peer.user]),
  );
  return [{ ...me, note: "you" }, ...others.values()];
}

function ViewLabel({ icon: Icon, text }: { icon: typeof LayoutList; text: string }) {
  return (
    <>
      <Icon aria-hidden />
      <span className="max-sm:sr-only">{text}</span>
    </>
  );
}
