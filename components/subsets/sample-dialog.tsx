"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { useFormat } from "@/components/ui/figure";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { Subset } from "@/contracts/subsets";
import { fieldProblemOf, problemOf, useTRPC } from "@/trpc/client";
import { type RecordSource, sourceInput } from "./record-source";
import { drawSeed } from "./sample/draw-seed";
import {
  divisions,
  newSampleDraft,
  readSampleDraft,
  type SampleDraft,
  type SampleNames,
} from "./sample/sample-draft";
import { SampleFields } from "./sample/sample-fields";
import { StrataPreview } from "./sample/strata-preview";
import { useStrataPreview } from "./sample/use-strata-preview";
import { useSubsetList, useSubsetsChanged } from "./use-subset-list";

type SampleDialogProps = {
  project: string;
  /** What records can be divided by; a `Vocabulary` has them. */
  vocabulary: SampleNames;
  source: RecordSource;
  /** In words: "12 chosen records". */
  what: string;
  onClose: () => void;
  onSaved: (subset: Subset) => void;
};

/** Draws a random sample of records as a frozen subset; the strata stand there before anything is saved. */
export function SampleDialog({ project, vocabulary, source, what, onClose, onSaved }: SampleDialogProps) {
  const trpc = useTRPC();
  const format = useFormat();
  const changed = useSubsetsChanged();
  const subsets = useSubsetList(project).data?.items ?? [];
  const known = divisions(vocabulary);
  const [name, setName] = useState("");
  const [draft, setDraft] = useState(() => newSampleDraft(drawSeed()));
  const change = (part: Partial<SampleDraft>) => setDraft((before) => ({ ...before, ...part }));
  const { sample, problems } = readSampleDraft(draft, known);
  const isGiven = draft.division !== "" && draft.allocation === "given";
  const { sample: everything } = readSampleDraft(
    { ...draft, allocation: "proportional", sizeAs: "share", share: "100" },
    known,
  );
  const preview = useStrataPreview(project, source, {
    sample: isGiven ? everything : sample,
    exclude: draft.exclude,
  });
  const save = useMutation(
    trpc.subsets.create.mutationOptions({
      onSuccess: (subset) => {
        changed();
        onSaved(subset);
      },
    }),
  );
  const drawn = isGiven
    ? sumOf(Object.values(draft.given).map((size) => (/^\d{1,7}$/.test(size) ? Number(size) : 0)))
    : preview.data?.count;
  const isReady = sample !== null && !preview.isError && !preview.isPlaceholderData;
  const found = preview.data?.count ?? 0;
  const isShort = isReady && !isGiven && sample?.size !== undefined && found < sample.size;
  const nameProblem = fieldProblemOf(save.error, "name");

  function submit() {
    if (!sample) return;
    const exclude = draft.exclude.length > 0 ? { exclude: [...draft.exclude] } : {};
    save.mutate({ project, name, kind: "static", ...sourceInput(source), ...exclude, sample });
  }

  return (
    <Dialog
      open
      size="lg"
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title="Draw a sample"
      description={what}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            type="submit"
            form="draw-sample"
            busy={save.isPending}
            disabled={!isReady}
          >
            {drawn === undefined || !isReady ? "Draw sample" : `Draw ${format.counted(drawn, "record")}`}
          </Button>
        </>
      }
    >
      <form
        id="draw-sample"
        className="flex flex-col gap-4 pb-2"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Field label="Name" error={nameProblem}>
          {(control) => (
            <Input
              {...control}
              autoFocus
              required
              maxLength={120}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <SampleFields
          draft={draft}
          problems={problems}
          divisions={known}
          subsets={subsets}
          onChange={change}
        />
        {isShort ? (
          <Notice tone="warn">
            Only {format.counted(found, "record")} can be drawn: the sample holds{" "}
            {found === 1 ? "it" : "all of them"}.
          </Notice>
        ) : null}
        {preview.isError ? (
          <Notice tone="bad">{problemOf(preview.error).detail}</Notice>
        ) : preview.data?.strata ? (
          <StrataPreview
            strata={preview.data.strata}
            by={known.find(({ key }) => key === draft.division)?.by}
            old={preview.isPlaceholderData}
            given={isGiven ? draft.given : null}
            onGive={(key, size) => change({ given: { ...draft.given, [key]: size } })}
          />
        ) : (
          <SkeletonRows label="Counting the records" rows={2} />
        )}
        {save.error && !nameProblem ? <Notice tone="bad">{problemOf(save.error).detail}</Notice> : null}
      </form>
    </Dialog>
  );
}

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);
