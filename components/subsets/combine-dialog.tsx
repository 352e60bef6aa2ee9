"use client";

import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { useFormat } from "@/components/ui/figure";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { RadioGroup } from "@/components/ui/radio-group";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toaster";
import { fieldProblemOf, problemOf, useTRPC } from "@/trpc/client";
import { useSubsetList, useSubsetsChanged } from "./use-subset-list";

type Op = "union" | "intersection" | "difference";
const MAX_COMBINED = 20;

/** Makes one subset of several, whose size is told before it is saved. */
export function CombineDialog({ project, onClose }: { project: string; onClose: () => void }) {
  const trpc = useTRPC();
  const format = useFormat();
  const changed = useSubsetsChanged();
  const offered = useSubsetList(project).data?.items ?? [];
  const [name, setName] = useState("");
  const [op, setOp] = useState<Op>("union");
  const [kind, setKind] = useState<"static" | "live">("static");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [first, setFirst] = useState<string>();
  const start = chosen.find((id) => id === first) ?? chosen[0];
  const subsets = start ? [start, ...chosen.filter((id) => id !== start)] : [];
  const from = { op, subsets };
  const isWhole = subsets.length >= 2;
  const preview = useQuery(
    trpc.subsets.preview.queryOptions(
      { project, from },
      { enabled: isWhole, placeholderData: keepPreviousData, retry: false },
    ),
  );
  const save = useMutation(
    trpc.subsets.create.mutationOptions({
      onSuccess: (subset) => {
        changed();
        toast(`${subset.name} was saved`);
        onClose();
      },
    }),
  );
  const nameProblem = fieldProblemOf(save.error, "name");
  const problem = save.error && !nameProblem ? save.error : preview.error;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title="Combine subsets"
      footer={
        <>
          <p role="status" className="tabular mr-auto text-muted">
            {!isWhole
              ? "Choose at least two"
              : preview.data && !preview.isPlaceholderData
                ? format.counted(preview.data.count, "record")
                : "Counting…"}
          </p>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            type="submit"
            form="combine-subsets"
            busy={save.isPending}
            disabled={!isWhole}
          >
            Save subset
          </Button>
        </>
      }
    >
      <form
        id="combine-subsets"
        className="flex flex-col gap-4 pb-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (isWhole) save.mutate({ project, name, kind, from });
        }}
      >
        <Field label="Name" error={nameProblem}>
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
        <RadioGroup<Op>
          aria-label="How they are combined"
          value={op}
          onValueChange={setOp}
          options={[
            { value: "union", label: "All together", hint: "Records that any of them holds" },
            { value: "intersection", label: "What they share", hint: "Records that each of them holds" },
            {
              value: "difference",
              label: "One without the others",
              hint: "Records of the first that no other holds",
            },
          ]}
        />
        <fieldset>
          <legend className="font-medium">Subsets</legend>
          <div className="max-h-48 overflow-y-auto">
            {offered.map(({ id, name: known, count }) => (
              <Checkbox
                key={id}
                label={known}
                hint={format.counted(count, "record")}
                checked={chosen.includes(id)}
                disabled={chosen.length >= MAX_COMBINED && !chosen.includes(id)}
                onCheckedChange={(checked) =>
                  setChosen(checked === true ? [...chosen, id] : chosen.filter((one) => one !== id))
                }
              />
            ))}
          </div>
        </fieldset>
        {op === "difference" && isWhole ? (
          <Field label="The first">
            {(control) => (
              <Select
                {...control}
                value={start}
                onValueChange={setFirst}
                options={offered
                  .filter(({ id }) => chosen.includes(id))
                  .map(({ id, name: known }) => ({ value: id, label: known }))}
              />
            )}
          </Field>
        ) : null}
        <SegmentedControl
          label="Kind"
          value={kind}
          onValueChange={setKind}
          options={[
            { value: "static", label: "Frozen as it is now" },
            { value: "live", label: "Live: follows them" },
          ]}
          className="self-start"
        />
        {problem ? <Notice tone="bad">{problemOf(problem).detail}</Notice> : null}
      </form>
    </Dialog>
  );
}
