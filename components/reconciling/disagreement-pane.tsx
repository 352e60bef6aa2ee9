"use client";

import { type RefObject, useState } from "react";
import { FlagButton } from "@/components/discussions/flag-button";
import { useDiscussionCounts } from "@/components/discussions/use-discussion-counts";
import type { OptionLook } from "@/components/labelling/label-options";
import { RecordHeader } from "@/components/labelling/record-header";
import { AvatarStack } from "@/components/ui/avatar-stack";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { useKeyNames } from "@/components/ui/keys/keys-context";
import { ScrollBox } from "@/components/ui/scroll-box";
import { Section } from "@/components/ui/section";
import { Textarea } from "@/components/ui/textarea";
import type { Disagreement } from "@/contracts/reconciliations";
import { DecisionNotices } from "./decision-notices";
import { FinalValueField } from "./final-value-field";
import { MarkedText } from "./marked-text";
import { VoteBar } from "./vote-bar";
import { VotesTable } from "./votes-table";

type NoteDraft = {
  text: string;
  change: (text: string) => void;
  fieldRef: RefObject<HTMLTextAreaElement | null>;
};

type DisagreementPaneProps = {
  item: Disagreement;
  /** 1-based, in the list. */
  place: number;
  total: number | undefined;
  label: { name: string; multi: boolean };
  options: readonly OptionLook[];
  chosen: readonly string[];
  decided: boolean;
  overtaken: string[] | null | undefined;
  mayDecide: boolean;
  note: NoteDraft;
  /** Who else looks at this one. */
  lookers: readonly { id: string; name: string }[];
  flagging: boolean;
  onFlaggingChange: (open: boolean) => void;
  onChoose: (value: string) => void;
  onSettle: () => void;
  onNoLabel: () => void;
  onTakeBack: () => void;
  onSaveNote: () => void;
  goBy: (step: 1 | -1) => void;
  goNextOpen: () => void;
};

/** One disagreement, large: the text, everybody's votes side by side, and the final value. */
export function DisagreementPane(props: DisagreementPaneProps) {
  const { item, place, total, label, options, chosen, decided, overtaken, mayDecide, note, lookers } = props;
  const namesOf = useKeyNames();
  const [ids] = useState(() => [item.recordId]);
  const counts = useDiscussionCounts(ids).get(item.recordId);
  const savedNote = item.reconciliation?.note ?? "";
  return (
    <article aria-label={`Record ${item.externalId}`} className="flex flex-col gap-4 px-4 py-4 sm:px-6">
      <RecordHeader
        externalId={item.externalId}
        place={place}
        total={total}
        noun="row"
        goBy={props.goBy}
        actions={
          <FlagButton
            recordId={item.recordId}
            counts={counts}
            label={label.name}
            open={props.flagging}
            onOpenChange={props.onFlaggingChange}
            {...(namesOf("work.flag")[0] ? { keys: namesOf("work.flag")[0] } : {})}
          />
        }
      >
        {lookers.length > 0 ? (
          <AvatarStack label="Looking at this record" people={lookers} size="sm" />
        ) : null}
      </RecordHeader>
      <ScrollBox label="Text" className="max-h-[32dvh]">
        <MarkedText item={item} />
      </ScrollBox>
      <DecisionNotices item={item} options={options} overtaken={overtaken} />
      {mayDecide ? (
        <FinalValueField
          item={item}
          options={options}
          multi={label.multi}
          chosen={chosen}
          decided={decided}
          onChoose={props.onChoose}
          onSettle={props.onSettle}
          onNoLabel={props.onNoLabel}
          onTakeBack={props.onTakeBack}
        />
      ) : null}
      <Section title="Votes">
        <VoteBar votes={item.votes} options={options} className="mb-2" />
        <VotesTable votes={item.votes} options={options} />
      </Section>
      {mayDecide ? (
        <div className="flex flex-wrap items-end gap-2">
          <Textarea
            ref={note.fieldRef}
            aria-label="Note on the decision"
            placeholder="Why? (optional)"
            maxLength={500}
            rows={2}
            className="min-w-0 flex-1"
            value={note.text}
            onChange={(event) => note.change(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Escape") event.currentTarget.blur();
              if (event.key !== "Enter" || event.shiftKey) return;
              event.preventDefault();
              event.currentTarget.blur();
              if (decided && note.text.trim() !== savedNote) props.onSaveNote();
            }}
          />
          {decided && note.text.trim() !== savedNote ? (
            <Button size="sm" onClick={props.onSaveNote}>
              Save note
            </Button>
          ) : null}
          <Button size="sm" className="ml-auto" onClick={props.goNextOpen}>
            Next disagreement <Kbd>{namesOf("work.next")[0]}</Kbd>
          </Button>
        </div>
      ) : null}
    </article>
  );
}
