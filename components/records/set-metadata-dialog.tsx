"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioGroup } from "@/components/ui/radio-group";
import { Select } from "@/components/ui/select";
import type { JsonValue } from "@/contracts/common";
import { type MetadataType, metadataTypes, readMetadataValue } from "./metadata-value";
import { useRecordsView } from "./records-context";

type SetMetadataDialogProps = {
  /** In words: "12 chosen records". */
  what: string;
  onSet: (name: string, value: JsonValue | null) => void;
  onClose: () => void;
};

/** One metadata name, set to a value on many records, or taken away from them. */
export function SetMetadataDialog({ what, onSet, onClose }: SetMetadataDialogProps) {
  const { vocabulary } = useRecordsView();
  const [name, setName] = useState(vocabulary.metadata[0]?.name ?? "");
  const known = vocabulary.metadata.find((one) => one.name === name);
  const [chosenType, setType] = useState<MetadataType | null>(null);
  const type = chosenType ?? known?.type ?? "string";
  const [way, setWay] = useState<"set" | "clear">("set");
  const [text, setText] = useState("");
  const [tried, setTried] = useState(false);
  const read = readMetadataValue(text, type);
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title="Set metadata"
      description={what}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="set-metadata">
            {way === "set" ? "Set metadata" : "Take metadata away"}
          </Button>
        </>
      }
    >
      <form
        id="set-metadata"
        className="flex flex-col gap-4 pb-2"
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (name.trim() === "") return;
          if (way === "clear") onSet(name.trim(), null);
          else if ("value" in read) onSet(name.trim(), read.value);
        }}
      >
        <Field
          label="Name"
          hint="One that the records have, or a new one"
          error={tried && name.trim() === "" ? "Give the metadata a name" : undefined}
        >
          {(control) => (
            <Input
              {...control}
              autoFocus
              list="metadata-names"
              maxLength={100}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <datalist id="metadata-names">
          {vocabulary.metadata.map((one) => (
            <option key={one.name} value={one.name} />
          ))}
        </datalist>
        <RadioGroup<"set" | "clear">
          aria-label="What happens"
          value={way}
          onValueChange={setWay}
          options={[
            { value: "set", label: "Set it to a value" },
            { value: "clear", label: "Take it away" },
          ]}
        />
        {way === "set" ? (
          <div className="flex flex-wrap items-start gap-3">
            <Field label="Type">
              {(control) => (
                <Select {...control} options={metadataTypes} value={type} onValueChange={setType} />
              )}
            </Field>
            <Field label="Value" error={tried && "problem" in read ? read.problem : undefined}>
              {(control) => (
                <Input
                  {...control}
                  maxLength={10_000}
                  value={text}
                  inputMode={type === "number" ? "decimal" : "text"}
                  onChange={(event) => setText(event.target.value)}
                />
              )}
            </Field>
          </div>
        ) : null}
      </form>
    </Dialog>
  );
}
