"use client";

import { DecideToolbar } from "@/components/labelling/decide-toolbar";
import { MetadataLine } from "@/components/labelling/metadata-line";
import { OptionButton } from "@/components/labelling/option-button";
import { RecordHeader } from "@/components/labelling/record-header";
import { AvatarStack } from "@/components/ui/avatar-stack";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { useKeyNames } from "@/components/ui/keys/keys-context";
import { ScrollBox } from "@/components/ui/scroll-box";
import type { SessionItem } from "@/contracts/sessions";
import {
  AgentLabel,
  HiddenLabel,
  ItemConfidence,
  JobName,
  OtherLabels,
  OthersVerdicts,
  VerdictAuthor,
  VerdictLabel,
} from "./cells";
import { isHidden } from "./current-verdict";
import { ItemDiscussion } from "./discussion/item-discussion";
import { useSessionView, useVerdict } from "./session-context";
import { MatchedText } from "./text-match/matched-text";
import type { Decisions } from "./use-decisions";

type FocusViewProps = {
  item: SessionItem;
  /** 1-based, in the list as filtered. */
  place: number;
  total: number | undefined;
  severalJobs: boolean;
  multi: boolean;
  decisions: Decisions;
};

/** One record, large, and its options: one key decides and the next is there. */
export function FocusView({ item, place, total, severalJobs, multi, decisions }: FocusViewProps) {
  const { options, draft, live, peersAt } = useSessionView();
  const verdict = useVerdict(item);
  const namesOf = useKeyNames();
  const chosen = draft?.value ?? verdict?.value ?? [];
  /** There is nothing to confirm: what the agent gave is hidden, and no option is chosen. */
  const isUnknown = isHidden(item) && !draft;
  const peers = peersAt.get(item.annotationId) ?? [];
  return (
    // A long text scrolls by itself: what decides stays in sight.
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <article
        aria-label={`Record ${item.externalId}`}
        className="mx-auto flex min-h-0 w-full max-w-3xl flex-col px-4 py-4 sm:px-8 sm:py-8 [&>*]:shrink-0"
      >
        <RecordHeader
          className="mb-4"
          externalId={item.externalId}
          place={place}
          total={total}
          noun="row"
          goBy={decisions.goBy}
        >
          {severalJobs ? <JobName item={item} /> : null}
          {peers.length > 0 ? (
            <AvatarStack label="Looking at this record" people={peers.map((peer) => peer.user)} size="sm" />
          ) : null}
        </RecordHeader>

        <ScrollBox key={item.annotationId} label="Text" className="min-h-24 shrink!">
          <p className="record-text sm:text-lg sm:leading-relaxed">
            <MatchedText text={item.content} />
          </p>
        </ScrollBox>
        <MetadataLine metadata={item.metadata} />

        <div className="mt-6 flex flex-wrap items-center gap-x-4 gap-y-1 border-t pt-3 text-xs">
          {isHidden(item) ? (
            <HiddenLabel item={item} />
          ) : (
            <span className="flex items-center gap-2 text-muted">
              {item.blind ? <AgentLabel item={item} /> : null}
              Confidence <ItemConfidence item={item} />
            </span>
          )}
          {item.others.length > 0 ? <OtherLabels item={item} /> : null}
          {verdict ? (
            <span className="ml-auto flex min-w-0 items-center gap-2">
              <VerdictLabel item={item} />
              <VerdictAuthor item={item} />
            </span>
          ) : null}
          {item.verdicts.length > 0 ? <OthersVerdicts item={item} /> : null}
          {item.enough && !verdict ? (
            <p className="w-full text-muted">This label already has all the verdicts it needs.</p>
          ) : null}
          {verdict?.reason ? <p className="w-full text-muted">“{verdict.reason}”</p> : null}
        </div>

        <fieldset className="mt-3 grid min-w-0 gap-2 sm:grid-cols-2">
          <legend className="sr-only">Options</legend>
          {options.map((option) => (
            <OptionButton
              key={option.value}
              option={option}
              chosen={chosen.includes(option.value)}
              byAgent={item.value?.includes(option.value) ?? false}
              probability={item.probabilities?.[option.value] ?? null}
              disabled={live.readOnly}
              onChoose={() => decisions.choose(option.value)}
            />
          ))}
        </fieldset>
        <DecideToolbar>
          <Button
            variant={isUnknown ? "secondary" : "primary"}
            className="max-sm:w-full"
            onClick={decisions.confirm}
            disabled={live.readOnly || isUnknown}
          >
            {multi && draft ? "Set what is chosen" : "Confirm the agent's label"}
            <Kbd className="max-sm:hidden">Enter</Kbd>
          </Button>
          <Button className="max-sm:flex-1" onClick={decisions.doubt} disabled={live.readOnly}>
            Can't tell <Kbd className="max-sm:hidden">0</Kbd>
          </Button>
          <Button variant="ghost" className="max-sm:flex-1" onClick={decisions.goNextUndecided}>
            Next undecided <Kbd className="max-sm:hidden">{namesOf("work.next")[0]}</Kbd>
          </Button>
        </DecideToolbar>
        <ItemDiscussion item={item} />
      </article>
    </div>
  );
}
