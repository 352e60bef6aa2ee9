"use client";

import { CloudUpload, EyeOff } from "lucide-react";
import { lookOf } from "@/components/labelling/label-options";
import { VerdictMark } from "@/components/labelling/verdict-mark";
import { Avatar } from "@/components/ui/avatar";
import { ConfidenceBar } from "@/components/ui/confidence-bar";
import { NoFigure } from "@/components/ui/figure";
import { Kbd } from "@/components/ui/kbd";
import { OptionChip } from "@/components/ui/option-chip";
import { RelativeTime } from "@/components/ui/relative-time";
import type { SessionItem } from "@/contracts/sessions";
import type { VerdictStatus } from "@/contracts/verifications";
import { useDraft, usePeersAt, useRowView, useVerdict } from "./session-context";
import { isSpanItem } from "./spans/session-spans";
import { useBlindIn } from "./where-blind-context";

type ItemProps = { item: SessionItem };

/** The job's own label: outlined, and struck when a person corrected it. */
export function AgentLabel({ item }: ItemProps) {
  const { options } = useRowView();
  const verdict = useVerdict(item);
  const { value: given } = item;
  if (given === undefined) return <HiddenLabel item={item} />;
  return (
    <Chips>
      {given.map((value) => {
        const look = lookOf(options, value);
        return (
          <OptionChip
            key={value}
            color={look.color}
            text={look.text}
            variant="outlined"
            replaced={verdict?.status === "CORRECTS" && !verdict.value.includes(value)}
            className={whole(given)}
          />
        );
      })}
      {item.level === "span" && given.length === 0 ? (
        <span className="text-muted text-xs">Found none</span>
      ) : null}
      {item.blind && verdict ? <Revealed status={verdict.status} /> : null}
    </Chips>
  );
}

/** In place of a blind label until one has decided: here, or in the session where it is blind. */
export function HiddenLabel({ item }: ItemProps) {
  const blindIn = useBlindIn();
  const elsewhere = item.blind ? null : blindIn(item.jobId);
  return (
    <span
      className="flex min-w-0 items-center gap-1 text-muted text-xs"
      title={item.blind ? undefined : blindElsewhere(elsewhere)}
    >
      <EyeOff aria-hidden className="size-3.5 shrink-0" />
      <span className="truncate">
        {item.blind ? "Hidden until you decide" : `Blind in ${elsewhere ?? "another session"}`}
      </span>
    </span>
  );
}

const blindElsewhere = (session: string | null): string =>
  `${session ? `The open session ${session}` : "Another open session"} asks you for this label without showing what the agent gave. It is shown here once you have decided there, or when that session is closed.`;

/** Of a blind label that is shown now: whether it says what people said without it. */
function Revealed({ status }: { status: VerdictStatus | null }) {
  if (status !== "CONFIRMS" && status !== "CORRECTS") return null;
  const [word, more] =
    status === "CONFIRMS"
      ? ["agrees", "the agent says the same as was said without its label"]
      : ["differs", "the agent says something else than was said without its label"];
  return (
    <span
      className="flex shrink-0 items-center gap-1 text-muted text-xs"
      title={`Hidden until it was decided: ${more}`}
    >
      <EyeOff aria-hidden className="size-3.5" />
      {word}
    </span>
  );
}

export function ItemConfidence({ item }: ItemProps) {
  const { conf, blind, jobId } = item;
  const blindIn = useBlindIn();
  if (conf === undefined) {
    const reason = blind ? "Hidden until you decide" : blindElsewhere(blindIn(jobId));
    return <NoFigure reason={reason} className="text-xs" />;
  }
  return <ConfidenceBar value={conf} reason={item.confReason ?? undefined} />;
}

/** What people made of it: filled, with a mark for how; a choice under way is shown with the key that ends it. */
export function VerdictLabel({ item }: ItemProps) {
  const { options } = useRowView();
  const draft = useDraft(item);
  const verdict = useVerdict(item);
  if (draft)
    return (
      <Chips>
        <Kbd>Enter</Kbd>
        {draft.value.map((value) => {
          const look = lookOf(options, value);
          return (
            <OptionChip
              key={value}
              color={look.color}
              text={look.text}
              variant="outlined"
              className={whole(draft.value)}
            />
          );
        })}
        {draft.value.length === 0 ? <span className="text-faint text-xs">none chosen</span> : null}
      </Chips>
    );
  if (!verdict) return <span className="text-faint">–</span>;
  return (
    <Chips>
      <VerdictMark status={verdict.status} reason={verdict.reason} isTogether={verdict.together} />
      {verdict.value.map((value) => {
        const look = lookOf(options, value);
        return (
          <OptionChip
            key={value}
            color={look.color}
            text={look.text}
            variant="filled"
            className={whole(verdict.value)}
          />
        );
      })}
      {item.level === "span" && verdict.value.length === 0 && verdict.status !== "UNSURE" ? (
        <span className="shrink-0 text-muted text-xs">{emptySpanWords(item, verdict.status)}</span>
      ) : null}
      {verdict.unsaved ? (
        <span className="shrink-0 text-faint" title="Not saved yet">
          <CloudUpload aria-hidden className="size-3.5" />
          <span className="sr-only">not saved yet</span>
        </span>
      ) : null}
    </Chips>
  );
}

/** What no option says in a session about spans. */
function emptySpanWords(item: SessionItem, status: VerdictStatus | null): string {
  if (isSpanItem(item)) return "No span";
  return status === "CONFIRMS" ? "None here" : "Something is here";
}

/** Who decided and when. */
export function VerdictAuthor({ item }: ItemProps) {
  const { nameOf, me } = useRowView();
  const verdict = useVerdict(item);
  if (!verdict) return null;
  const name = verdict.by.name ?? nameOf(verdict.by.id);
  return (
    <span title={name} className="flex min-w-0 items-center gap-1.5">
      <Avatar person={{ id: verdict.by.id, name }} size="sm" decorative />
      <span className="truncate @max-[3.5rem]:sr-only">{verdict.by.id === me.id ? "You" : name}</span>
      <RelativeTime value={verdict.at} className="shrink-0 text-faint text-xs @max-[7.5rem]:hidden" />
    </span>
  );
}

/** In an independent session: what others decided, once it may be seen. */
export function OthersVerdicts({ item }: ItemProps) {
  const { options } = useRowView();
  return (
    <ul aria-label="Verdicts of others" className="flex flex-wrap items-center gap-x-4 gap-y-1">
      {item.verdicts.map(({ by, status, value, reason = null, together = false }) => (
        <li key={by.id} className="flex min-w-0 items-center gap-1.5">
          <Avatar person={by} size="sm" decorative />
          <span className="truncate text-muted">{by.name}</span>
          <VerdictMark status={status} reason={reason} isTogether={together} />
          {value.map((one) => {
            const look = lookOf(options, one);
            return <OptionChip key={one} color={look.color} text={look.text} variant="filled" />;
          })}
        </li>
      ))}
    </ul>
  );
}

/** Who is at this row now. */
export function PeersHere({ item }: ItemProps) {
  const peers = usePeersAt(item);
  return (
    <span className="flex items-center gap-1">
      {peers.slice(0, 3).map((peer) => (
        <Avatar key={peer.clientId} person={peer.user} size="sm" />
      ))}
    </span>
  );
}

/** What the session's other jobs said of the same record. */
export function OtherLabels({ item }: ItemProps) {
  const { options, jobNameOf } = useRowView();
  return (
    <Chips>
      {item.others.map((other) => (
        <span
          key={other.annotationId}
          title={jobNameOf(other.jobId)}
          className="flex min-w-0 items-center gap-1"
        >
          <span className="truncate text-faint text-xs @max-[7.5rem]:sr-only">{jobNameOf(other.jobId)}</span>
          {other.value.map((value) => {
            const look = lookOf(options, value);
            return <OptionChip key={value} color={look.color} text={look.text} variant="outlined" />;
          })}
        </span>
      ))}
    </Chips>
  );
}

export function JobName({ item }: ItemProps) {
  const { jobNameOf } = useRowView();
  const name = jobNameOf(item.jobId);
  return (
    <span title={name} className="text-muted">
      {name}
    </span>
  );
}

/** Of several options the first are read whole, and the last are cut off; one alone is shortened by itself. */
const whole = (values: readonly string[]) => (values.length > 1 ? "shrink-0" : undefined);

function Chips({ children }: { children: React.ReactNode }) {
  return <span className="flex min-w-0 items-center gap-1">{children}</span>;
}
