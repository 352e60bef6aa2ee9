"use client";

import { VotersField } from "@/components/final-labels/overview/voters-field";
import { useFormat } from "@/components/ui/figure";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import { Toolbar } from "@/components/ui/toolbar";
import type { Labeller } from "@/contracts/compare";
import type { LabelDefinition } from "@/contracts/label-schema";
import { type DisagreementCounts, disagreementOrder } from "@/contracts/reconciliations";
import type { ReconcileAddress } from "./use-reconcile-address";

type ReconcileToolbarProps = {
  labels: readonly LabelDefinition[];
  label: LabelDefinition;
  labellers: readonly Labeller[];
  address: ReconcileAddress;
  counts: DisagreementCounts;
  onChange: (part: Partial<ReconcileAddress>) => void;
};

const orderWords = { entropy: "Most split first", conf: "Least confident first", position: "As imported" };
const orders = disagreementOrder.options.map((value) => ({ value, label: orderWords[value] }));

/** Which disagreements are listed: of which label, in which state, among whom, in which order. */
export function ReconcileToolbar({
  labels,
  label,
  labellers,
  address,
  counts,
  onChange,
}: ReconcileToolbarProps) {
  const format = useFormat();
  return (
    <Toolbar label="Filters">
      {labels.length > 1 ? (
        <Select
          aria-label="Label"
          options={labels.map(({ name }) => ({ value: name, label: name }))}
          value={label.name}
          onValueChange={(name) => onChange({ label: name, annotators: null, at: null })}
        />
      ) : null}
      <SegmentedControl
        label="State"
        value={address.state}
        onValueChange={(state) => onChange({ state, at: null })}
        options={[
          { value: "open", label: `Open ${format.count(counts.open)}` },
          { value: "reconciled", label: `Decided ${format.count(counts.reconciled)}` },
          { value: "changed", label: `Votes changed ${format.count(counts.changed)}` },
          { value: "all", label: "All" },
        ]}
      />
      {labellers.length > 2 ? (
        <VotersField
          labellers={labellers}
          value={address.annotators}
          onChange={(annotators) => onChange({ annotators, at: null })}
        />
      ) : null}
      <Select
        aria-label="Order"
        className="w-48"
        options={orders}
        value={address.order}
        onValueChange={(order) => onChange({ order: disagreementOrder.parse(order), at: null })}
      />
    </Toolbar>
  );
}
