"use client";

import { useQuery } from "@tanstack/react-query";
import { Fragment } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { Toolbar } from "@/components/ui/toolbar";
import { provider, providers } from "@/contracts/providers";
import { useTRPC } from "@/trpc/client";
import type { useAgentFilters } from "./use-agent-filters";

type AgentFilterBarProps = { project: string; state: ReturnType<typeof useAgentFilters> };

const ANY = "any";
const ways = provider.options.map((value) => ({ value, label: providers[value].title }));

/** Provider, model, label, who made it, archived. */
export function AgentFilterBar({ project, state }: AgentFilterBarProps) {
  const { filters, days, filtered, set, clear } = state;
  const trpc = useTRPC();
  // The choices come from all agents, not from those that the filters leave.
  const all = useQuery(trpc.agents.list.queryOptions({ project, limit: 200, archived: filters.archived }))
    .data?.items;
  const schema = useQuery(trpc.projects.activeSchema.queryOptions({ project })).data;
  const creators = new Map(all?.map(({ createdBy }) => [createdBy.id, createdBy.name]));
  const labels = schema?.labelSchema.map(({ name }) => name);
  const choices = [
    { name: "provider", any: "Any provider", options: ways },
    { name: "model", any: "Any model", options: distinct(all?.map(({ model }) => model.model)).map(same) },
    { name: "label", any: "Any label", options: (labels ?? []).map(same) },
    {
      name: "createdBy",
      any: "By anybody",
      options: [...creators].map(([value, name]) => ({ value, label: `By ${name}` })),
    },
  ] as const;
  return (
    <Toolbar label="Filters" oneLine end={filtered ? <Button onClick={clear}>Clear filters</Button> : null}>
      {choices.map(({ name, any, options }) => (
        <Select
          key={name}
          aria-label={any}
          className="w-36 max-sm:w-40"
          value={filters[name] ?? ANY}
          options={[{ value: ANY, label: any }, ...withChosen(options, filters[name])]}
          onValueChange={(value) => set(name, value === ANY ? null : value)}
        />
      ))}
      <span className="flex flex-wrap items-center gap-2 text-muted">
        {(["from", "to"] as const).map((name) => (
          <Fragment key={name}>
            <span aria-hidden>{name === "from" ? "made from" : "to"}</span>
            <Input
              type="date"
              aria-label={name === "from" ? "Made on this day or later" : "Made on this day or earlier"}
              className="w-36"
              value={days[name] ?? ""}
              onChange={(event) => set(name, event.target.value || null)}
            />
          </Fragment>
        ))}
      </span>
      <Switch
        label="Archived"
        checked={filters.archived}
        onCheckedChange={(on) => set("archived", on ? "1" : null)}
      />
    </Toolbar>
  );
}

type Choice = { value: string; label: string };

const same = (value: string): Choice => ({ value, label: value });
const distinct = (values: readonly string[] = []): string[] => [...new Set(values)].sort();

/** A link may name a value that no agent has any more. */
const withChosen = (options: readonly Choice[], chosen: string | undefined): Choice[] =>
  chosen === undefined || options.some(({ value }) => value === chosen)
    ? [...options]
    : [...options, same(chosen)];
