"use client";

import { useState } from "react";
import { AssignDialog } from "@/components/assignments/assign-dialog";
import type { RecordSource } from "@/components/subsets/record-source";
import { SampleDialog } from "@/components/subsets/sample-dialog";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useFormat } from "@/components/ui/figure";
import type { Query } from "@/contracts/query";
import type { Subset } from "@/contracts/subsets";
import { type Chosen, chosenQuery, countChosen } from "./chosen";
import { useRecordsView } from "./records-context";
import { SaveSubsetDialog } from "./save-subset-dialog";
import { type ChosenDialog, SelectionBar } from "./selection-bar";
import { SetMetadataDialog } from "./set-metadata-dialog";
import { useBulk } from "./use-bulk";
import { useChosenSet } from "./use-chosen-set";
import type { useRecords } from "./use-records";
import { VerifyDialog } from "./verify-dialog";

type ChosenActionsProps = {
  chosen: Chosen;
  query: Query | null;
  list: ReturnType<typeof useRecords>;
  subsets: readonly Subset[];
  onChooseAll: () => void;
  onClear: () => void;
  onSaved: (subset: Subset) => void;
};

/** The bar of the chosen records, with the dialogs that its buttons open. */
export function ChosenActions(props: ChosenActionsProps) {
  const { chosen, query, list, subsets, onClear } = props;
  const { project, vocabulary } = useRecordsView();
  const format = useFormat();
  const [dialog, setDialog] = useState<ChosenDialog | null>(null);
  const bulk = useBulk(query, chosen);
  const count = countChosen(chosen, list.count);
  const set = useChosenSet(query, chosen, count);
  const orMore = chosen.kind === "found" && !list.countExact ? " or more" : "";
  const records = `${format.count(count)}${orMore} ${count === 1 ? "record" : "records"}`;
  const what = `${format.count(count)}${orMore} chosen ${count === 1 ? "record" : "records"}`;
  const close = () => setDialog(null);
  const source: RecordSource =
    chosen.kind === "listed" ? { recordIds: [...chosen.ids] } : { query: chosenQuery(chosen, query) };
  return (
    <>
      <SelectionBar
        chosen={chosen}
        list={list}
        subsets={subsets}
        busy={bulk.busy}
        onBulk={bulk.run}
        onChooseAll={props.onChooseAll}
        onClear={onClear}
        onOpen={setDialog}
        onLabel={set.label}
        onRun={set.runAgent}
        onExport={set.exportFile}
      />
      {dialog === "save" ? (
        <SaveSubsetDialog
          source={"recordIds" in source ? source : { ...source, sort: [], total: count }}
          onClose={close}
          onSaved={(subset) => {
            close();
            props.onSaved(subset);
          }}
        />
      ) : null}
      {dialog === "verify" ? (
        <VerifyDialog query={chosenQuery(chosen, query)} what={what} onClose={close} />
      ) : null}
      {dialog === "sample" ? (
        <SampleDialog
          project={project.slug}
          vocabulary={vocabulary}
          source={source}
          what={what}
          onClose={close}
          onSaved={(subset) => {
            close();
            props.onSaved(subset);
          }}
        />
      ) : null}
      {dialog === "assign" ? (
        <AssignDialog project={project.slug} source={source} count={count} what={what} onClose={close} />
      ) : null}
      {dialog === "metadata" ? (
        <SetMetadataDialog
          what={what}
          onClose={close}
          onSet={(name, value) => {
            close();
            bulk.run({ type: "setMetadata", name, value });
          }}
        />
      ) : null}
      <ConfirmDialog
        open={dialog === "delete"}
        onOpenChange={(open) => {
          if (!open) close();
        }}
        title={`Delete ${records}?`}
        description="They leave every search, subset and export. Their labels stay, and you can bring them back."
        verb={`Delete ${records}`}
        keep="Keep them"
        danger
        onConfirm={() => {
          close();
          bulk.run({ type: "delete" });
          onClear();
        }}
      />
    </>
  );
}
