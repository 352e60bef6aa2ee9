"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { describeQuery } from "@/components/query/describe-query";
import { QueryDoubtsNotice } from "@/components/query/query-doubts-notice";
import { drawSeed } from "@/components/subsets/sample/draw-seed";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { useFormat } from "@/components/ui/figure";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { RadioGroup } from "@/components/ui/radio-group";
import type { Query, SortKey } from "@/contracts/query";
import type { Subset } from "@/contracts/subsets";
import { problemOf, useTRPC } from "@/trpc/client";
import { useRecordsView } from "./records-context";

type SaveSubsetDialogProps = {
  /** What is saved: the search, or the records chosen in it. */
  source:
    | { query: Query | null; sort: SortKey[]; total: number | undefined }
    | { recordIds: readonly string[] };
  onClose: () => void;
  onSaved: (subset: Subset) => void;
};

type Way = "static" | "live" | "first" | "sample";

/** Gives records a name: frozen as they are, as a search that goes on, the first of an order, or a sample. */
export function SaveSubsetDialog({ source, onClose, onSaved }: SaveSubsetDialogProps) {
  const { project, vocabulary } = useRecordsView();
  const trpc = useTRPC();
  const format = useFormat();
  const [name, setName] = useState("");
  const [way, setWay] = useState<Way>("static");
  const [size, setSize] = useState("30");
  const save = useMutation(trpc.subsets.create.mutationOptions({ onSuccess: onSaved }));
  const problem = save.error ? problemOf(save.error) : null;
  const count = "recordIds" in source ? source.recordIds.length : source.total;
  const number = /^[1-9]\d{0,6}$/.test(size) ? Number(size) : null;

  function submit() {
    const base = { project: project.slug, name };
    if ("recordIds" in source)
      return save.mutate({ ...base, kind: "static", recordIds: [...source.recordIds] });
    const query = source.query ?? {};
    if (way === "live" || way === "static") return save.mutate({ ...base, kind: way, query });
    if (number === null) return;
    if (way === "first")
      return save.mutate({ ...base, kind: "static", query, sort: source.sort, limit: number });
    return save.mutate({ ...base, kind: "static", query, sample: { size: number, seed: drawSeed() } });
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title="Save as subset"
      description={
        "recordIds" in source
          ? format.counted(source.recordIds.length, "chosen record")
          : describeQuery(source.query, vocabulary)
      }
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="save-subset" busy={save.isPending}>
            Save subset
          </Button>
        </>
      }
    >
      <form
        id="save-subset"
        className="flex flex-col gap-4 pb-2"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Field label="Name" error={problem?.errors?.find(({ path }) => path === "name")?.message}>
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
        {"recordIds" in source ? null : (
          <>
            <QueryDoubtsNotice query={source.query} vocabulary={vocabulary} />
            <RadioGroup<Way>
              aria-label="Which records it holds"
              value={way}
              onValueChange={setWay}
              options={[
                {
                  value: "static",
                  label: "These records, frozen",
                  hint:
                    count === undefined
                      ? undefined
                      : `${format.counted(count, "record")} as ${count === 1 ? "it is" : "they are"} found now`,
                },
                { value: "live", label: "This search, live", hint: "Holds whatever the search finds later" },
                {
                  value: "first",
                  label: "The first of them, frozen",
                  hint: source.sort.length > 0 ? "In the order of the table" : "In the order of import",
                },
                {
                  value: "sample",
                  label: "A random sample, frozen",
                  hint: "Each record has the same chance",
                },
              ]}
            />
            {way === "first" || way === "sample" ? (
              <Field
                label="How many records"
                hint={
                  count !== undefined && number !== null && number > count
                    ? `Only ${format.count(count)} ${count === 1 ? "is found: the subset holds it" : "are found: the subset holds all of them"}`
                    : undefined
                }
                error={number === null ? "How many records must be a whole number from 1" : undefined}
              >
                {(control) => (
                  <Input
                    {...control}
                    inputMode="numeric"
                    className="w-32"
                    value={size}
                    onChange={(event) => setSize(event.target.value.trim())}
                  />
                )}
              </Field>
            ) : null}
          </>
        )}
        {problem ? <Notice tone="bad">{problem.detail}</Notice> : null}
      </form>
    </Dialog>
  );
}
