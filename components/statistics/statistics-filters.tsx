"use client";

import { useQuery } from "@tanstack/react-query";
import { useLabellerNames } from "@/components/compare/use-labeller-names";
import { PickOne } from "@/components/query/pick-one";
import { useSubsetList } from "@/components/subsets/use-subset-list";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Toolbar } from "@/components/ui/toolbar";
import type { LabelDefinition } from "@/contracts/label-schema";
import { useTRPC } from "@/trpc/client";
import type { StatisticsAddress } from "./statistics-address";

type StatisticsFiltersProps = {
  project: string;
  labels: readonly LabelDefinition[];
  address: StatisticsAddress;
  onChange: (part: Partial<StatisticsAddress>) => void;
};

const ALL = "";
const nothing = { label: null, subsetId: null, who: null, from: null, to: null };

/** What is counted: labels, records, whose work, and which days. All of it is in the address. */
export function StatisticsFilters({ project, labels, address, onChange }: StatisticsFiltersProps) {
  const trpc = useTRPC();
  const subsets = useSubsetList(project);
  const asked = address.label ?? labels[0]?.name ?? "";
  const labellers = useQuery(
    trpc.compare.annotators.queryOptions({ project, label: asked }, { enabled: asked !== "" }),
  );
  const known = labellers.data?.items ?? [];
  const names = useLabellerNames(known);
  const { label, subsetId, who, from, to } = address;
  const filtered = label !== null || subsetId !== null || who !== null || from !== null || to !== null;
  return (
    <Toolbar
      label="Filters"
      oneLine
      end={filtered ? <Button onClick={() => onChange(nothing)}>Clear filters</Button> : null}
    >
      {labels.length > 1 ? (
        <PickOne
          label="Label"
          picks={[
            { value: ALL, label: "every label" },
            ...labels.map(({ name }) => ({ value: name, label: name })),
          ]}
          value={label ?? ALL}
          onPick={(value) => onChange({ label: value === ALL ? null : value })}
        />
      ) : null}
      <PickOne
        label="Records"
        picks={[
          { value: ALL, label: "all records" },
          ...(subsets.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={subsetId ?? ALL}
        onPick={(value) => onChange({ subsetId: value === ALL ? null : value })}
      />
      <PickOne
        label="Whose work"
        picks={[
          { value: ALL, label: "by anybody" },
          ...known.map(({ id, name, kind }) => ({
            value: id,
            label: names.get(id) ?? name,
            hint: kind === "user" ? "person" : kind,
          })),
        ]}
        value={who ?? ALL}
        onPick={(value) => onChange({ who: value === ALL ? null : value })}
      />
      <span className="flex items-center gap-2 text-muted">
        <span aria-hidden>from</span>
        <Input
          type="date"
          aria-label="From this day on, in UTC"
          className="w-36"
          value={from ?? ""}
          max={to ?? undefined}
          onChange={({ target }) => onChange({ from: target.value || null })}
        />
        <span aria-hidden>to</span>
        <Input
          type="date"
          aria-label="To this day, in UTC"
          className="w-36"
          value={to ?? ""}
          min={from ?? undefined}
          onChange={({ target }) => onChange({ to: target.value || null })}
        />
      </span>
    </Toolbar>
  );
}
