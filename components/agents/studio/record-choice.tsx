"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { X } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { problemOf, useTRPC } from "@/trpc/client";
import type { StudioAddress } from "./use-studio-address";

const ALL = "all";

type SubsetChoiceProps = {
  subsets: readonly { id: string; name: string }[];
  address: StudioAddress;
  onChange?: () => void;
};

/** Whose records the prompt is shown on. */
export function SubsetChoice({ subsets, address, onChange }: SubsetChoiceProps) {
  if (subsets.length === 0) return null;
  return (
    <Select
      aria-label="Records"
      className="w-64"
      options={[
        { value: ALL, label: "Records of the project" },
        ...subsets.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      value={address.subsetId ?? ALL}
      onValueChange={(value) => {
        address.set("subset", value === ALL ? null : value);
        onChange?.();
      }}
    />
  );
}

/** Shows the prompt on the one record that somebody names. */
export function RecordById({ project, address }: { project: string; address: StudioAddress }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [typed, setTyped] = useState("");
  const find = useMutation({
    mutationFn: async (externalId: string) => {
      const query = { externalIds: [externalId] };
      const found = await queries.fetchQuery(
        trpc.records.search.queryOptions({ project, query, limit: 1, include: [] }),
      );
      return found.items[0]?.id ?? null;
    },
    onSuccess: (id) => (id ? address.set("record", id) : undefined),
  });
  if (address.recordId)
    return (
      <Button onClick={() => address.set("record", null)}>
        <X aria-hidden />
        Show the others too
      </Button>
    );
  const problem = find.error
    ? problemOf(find.error).detail
    : find.data === null
      ? "No record has this id."
      : null;
  return (
    <form
      className="flex flex-col gap-1"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim() !== "") find.mutate(typed.trim());
      }}
    >
      <div className="flex gap-2">
        <Input
          aria-label="Id of a record"
          placeholder="Id of a record"
          className="w-40"
          value={typed}
          aria-invalid={problem ? true : undefined}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button type="submit" busy={find.isPending}>
          Show
        </Button>
      </div>
      {problem ? (
        <p role="alert" className="text-bad text-xs">
          {problem}
        </p>
      ) : null}
    </form>
  );
}
