"use client";

import { useMutation } from "@tanstack/react-query";
import { Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import type { JsonValue } from "@/contracts/common";
import type { RecordRow } from "@/contracts/records";
import { problemOf, useTRPC } from "@/trpc/client";
import {
  type MetadataType,
  metadataTypes,
  printMetadataValue,
  readMetadataValue,
  typeOfValue,
} from "./metadata-value";
import { MetadataValue } from "./record-columns";
import { useRecordsView } from "./records-context";

type RecordMetadataProps = {
  record: RecordRow;
  /** Which of it. */
  names: readonly string[];
  /** Whether more can be added here. */
  takesMore?: boolean;
  refresh: (ids: string[]) => Promise<unknown>;
};

/** What stands beside a text; whoever may, changes it in its own type. */
export function RecordMetadata({ record, names, takesMore = true, refresh }: RecordMetadataProps) {
  const { project, may } = useRecordsView();
  const trpc = useTRPC();
  const [editing, setEditing] = useState<string | null>(null);
  const patch = useMutation(
    trpc.records.patch.mutationOptions({
      onSuccess: async () => {
        await refresh([record.id]);
        setEditing(null);
      },
    }),
  );
  const metadata = record.metadata ?? {};
  const mayEdit = may("records:write");
  const set = (name: string, value: JsonValue | null) =>
    patch.mutate({ project: project.slug, id: record.id, metadata: { [name]: value } });
  const form = (name: string | null) => (
    <MetadataForm
      name={name}
      value={name === null ? undefined : metadata[name]}
      busy={patch.isPending}
      onSet={set}
      onCancel={() => {
        patch.reset();
        setEditing(null);
      }}
    />
  );
  return (
    <div className="flex flex-col gap-2">
      {names.length === 0 && editing === null ? (
        <p className="text-muted">This record has no metadata.</p>
      ) : (
        <ul className="divide-y border-y">
          {names.map((name) => (
            <li key={name} className="flex min-h-row flex-wrap items-center gap-x-3 py-0.5">
              <span className="w-40 shrink-0 truncate text-muted">{name}</span>
              {editing === name ? (
                form(name)
              ) : (
                <>
                  <span className="min-w-0 flex-1 break-words">
                    <MetadataValue value={metadata[name]} />
                  </span>
                  {mayEdit ? (
                    <span className="flex">
                      <IconButton size="sm" label={`Change ${name}`} onClick={() => setEditing(name)}>
                        <Pencil aria-hidden />
                      </IconButton>
                      <IconButton
                        size="sm"
                        label={`Take ${name} away`}
                        disabled={patch.isPending}
                        onClick={() => set(name, null)}
                      >
                        <Trash2 aria-hidden />
                      </IconButton>
                    </span>
                  ) : null}
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {editing === "" ? form(null) : null}
      {mayEdit && takesMore && editing === null ? (
        <div>
          <Button variant="ghost" size="sm" onClick={() => setEditing("")}>
            <Plus aria-hidden />
            Add metadata
          </Button>
        </div>
      ) : null}
      {patch.error ? <Notice tone="bad">{problemOf(patch.error).detail}</Notice> : null}
    </div>
  );
}

type MetadataFormProps = {
  /** Null for a new one. */
  name: string | null;
  value: JsonValue | undefined;
  busy: boolean;
  onSet: (name: string, value: JsonValue) => void;
  onCancel: () => void;
};

function MetadataForm({ name, value, busy, onSet, onCancel }: MetadataFormProps) {
  const { vocabulary } = useRecordsView();
  const [newName, setNewName] = useState("");
  const [text, setText] = useState(printMetadataValue(value));
  const known = vocabulary.metadata.find((one) => one.name === (name ?? newName.trim()));
  const given = value === undefined || value === null ? known?.type : typeOfValue(value);
  const [chosen, setChosen] = useState<MetadataType | null>(null);
  const type = chosen ?? given ?? "string";
  const [tried, setTried] = useState(false);
  const read = readMetadataValue(text, type);
  const target = name ?? newName.trim();
  const problem = target === "" ? "Give the metadata a name" : "problem" in read ? read.problem : null;
  return (
    <form
      className="flex min-w-0 flex-1 flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (problem === null && "value" in read) onSet(target, read.value);
      }}
    >
      {name === null ? (
        <Input
          autoFocus
          aria-label="Name"
          placeholder="Name"
          maxLength={100}
          className="w-36"
          value={newName}
          onChange={(event) => setNewName(event.target.value)}
        />
      ) : null}
      <Select
        aria-label="Type"
        className="w-32"
        options={metadataTypes}
        value={type}
        onValueChange={setChosen}
      />
      <Input
        autoFocus={name !== null}
        aria-label={name === null ? "Value" : `Value of ${name}`}
        aria-invalid={tried && problem !== null}
        maxLength={10_000}
        className="w-44 flex-1"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          onCancel();
        }}
      />
      <Button type="submit" size="sm" busy={busy}>
        Save
      </Button>
      <Button size="sm" variant="ghost" onClick={onCancel}>
        Cancel
      </Button>
      {tried && problem !== null ? (
        <span role="alert" className="basis-full text-bad text-xs">
          {problem}
        </span>
      ) : null}
    </form>
  );
}
