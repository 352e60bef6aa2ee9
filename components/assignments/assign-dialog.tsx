"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { useFormat } from "@/components/ui/figure";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { RadioGroup } from "@/components/ui/radio-group";
import { useNow } from "@/components/ui/reader";
import { SkeletonRows } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";
import type { AssignmentMode } from "@/contracts/assignments";
import { roleAllows } from "@/contracts/roles";
import { problemOf, useTRPC } from "@/trpc/client";
import { PeoplePicker } from "./assign/people-picker";
import { shareSizes } from "./assign/shares";
import { type AssignSource, useAssign } from "./assign/use-assign";
import { dateOf, endOfDay } from "./day";

type AssignDialogProps = {
  project: string;
  source: AssignSource;
  /** How many records there are, when it is known and the source doesn't say. */
  count?: number | undefined;
  /** In words: "12 chosen records". */
  what: string;
  onClose: () => void;
  onAssigned?: () => void;
};

/** Gives records to people: everybody all, divided, or each record to several; until when, for which labels. */
export function AssignDialog({ project, source, count, what, onClose, onAssigned }: AssignDialogProps) {
  const trpc = useTRPC();
  const members = useQuery(trpc.access.listMembers.queryOptions({ project, limit: 1000 }));
  const schema = useQuery(trpc.projects.activeSchema.queryOptions({ project }));
  const today = dateOf(useNow());
  const [name, setName] = useState("");
  const [userIds, setUserIds] = useState<string[]>([]);
  const [mode, setMode] = useState<AssignmentMode>("all");
  const [perRecord, setPerRecord] = useState("2");
  const [due, setDue] = useState("");
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const { give, busy, error } = useAssign(project, source, () => {
    toast(userIds.length === 1 ? "Assigned to one person" : `Assigned to ${userIds.length} people`);
    onAssigned?.();
    onClose();
  });
  const problem = error ?? members.error ?? schema.error;
  const able = members.data?.items.filter(
    ({ disabled, role }) => !disabled && roleAllows(role, "annotations:write"),
  );
  const labels = schema.data?.labelSchema ?? [];
  const asked = labels.filter((label) => !left.has(label.name)).map((label) => label.name);
  const each = /^\d{1,2}$/.test(perRecord) ? Number(perRecord) : 0;
  const eachProblem =
    mode !== "perRecord"
      ? undefined
      : each < 2 || each > 20
        ? "How many people must be a whole number from 2 to 20"
        : each > userIds.length
          ? `Choose at least ${each} people, or lower it`
          : undefined;
  const isReady = userIds.length > 0 && !eachProblem && (labels.length === 0 || asked.length > 0);

  function submit() {
    if (!isReady) return;
    give({
      name,
      userIds,
      mode,
      ...(mode === "perRecord" ? { perRecord: each } : {}),
      ...(due ? { dueAt: endOfDay(due) } : {}),
      ...(left.size > 0 ? { labels: asked } : {}),
    });
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title="Assign to people"
      description={what}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="assign" busy={busy} disabled={!isReady}>
            {userIds.length === 0
              ? "Assign"
              : `Assign to ${userIds.length} ${userIds.length === 1 ? "person" : "people"}`}
          </Button>
        </>
      }
    >
      <form
        id="assign"
        className="flex flex-col gap-4 pb-2"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {"subset" in source ? null : (
          <Field label="Name of the subset" hint="The records are saved as a subset, which is then given.">
            {(control) => (
              <Input
                {...control}
                required
                maxLength={120}
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
        )}
        {able ? (
          <PeoplePicker members={able} value={userIds} onChange={setUserIds} />
        ) : members.error ? null : (
          <SkeletonRows label="Loading people" rows={3} />
        )}
        <RadioGroup<AssignmentMode>
          aria-label="Who gets what"
          value={mode}
          onValueChange={setMode}
          options={[
            { value: "all", label: "All of it to each of them", hint: "Follows the subset when it changes" },
            { value: "split", label: "Each record to one of them", hint: "Equal shares by lot, frozen now" },
            {
              value: "perRecord",
              label: "Each record to several of them",
              hint: "So that their agreement can be measured; frozen now",
            },
          ]}
        />
        {mode === "perRecord" ? (
          <Field label="People for each record" error={eachProblem}>
            {(control) => (
              <Input
                {...control}
                inputMode="numeric"
                className="w-20"
                value={perRecord}
                onChange={(event) => setPerRecord(event.target.value.trim())}
              />
            )}
          </Field>
        ) : null}
        <SharesLine
          records={"subset" in source ? source.subset.count : count}
          people={userIds.length}
          mode={mode}
          perRecord={each}
        />
        <Field label="To be done by" optional>
          {(control) => (
            <Input
              {...control}
              type="date"
              className="w-44"
              min={today}
              value={due}
              onChange={(event) => setDue(event.target.value)}
            />
          )}
        </Field>
        {labels.length > 1 ? (
          <fieldset>
            <legend className="font-medium">Labels asked for</legend>
            {labels.map((label) => (
              <Checkbox
                key={label.name}
                label={label.name}
                checked={!left.has(label.name)}
                onCheckedChange={(checked) => {
                  const next = new Set(left);
                  if (checked === true) next.delete(label.name);
                  else next.add(label.name);
                  setLeft(next);
                }}
              />
            ))}
          </fieldset>
        ) : null}
        {problem ? <Notice tone="bad">{problemOf(problem).detail}</Notice> : null}
      </form>
    </Dialog>
  );
}

type SharesLineProps = {
  records: number | undefined;
  people: number;
  mode: AssignmentMode;
  perRecord: number;
};

/** "Each person gets 333 or 334 records", before anything is given. */
function SharesLine({ records, people, mode, perRecord }: SharesLineProps) {
  const format = useFormat();
  if (records === undefined || people === 0) return null;
  const { from, to } = shareSizes({ records, people, mode, perRecord });
  const sizes = from === to ? format.count(to) : `${format.count(from)} or ${format.count(to)}`;
  return (
    <p role="status" className="tabular text-muted">
      Each person gets {sizes} {to === 1 ? "record" : "records"}.
    </p>
  );
}
