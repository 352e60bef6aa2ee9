"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { JsonBlock } from "@/components/ui/code-block";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TabPanel, Tabs } from "@/components/ui/tabs";
import { Textarea } from "@/components/ui/textarea";
import type { LabelDefinition } from "@/contracts/label-schema";
import { parseLabelSchema, toMegannoSchema } from "@/contracts/label-schema-forms";

type PasteSchemaDialogProps = {
  /** What is copied out. */
  labels: readonly LabelDefinition[];
  /** Replaces the draft; saving is another step. */
  onPaste: (labels: readonly LabelDefinition[]) => void;
};

const SHOWN_PROBLEMS = 5;

/** The schema as JSON: pasted in, ours or MEGAnno's `label_schema`, and copied out as either. */
export function PasteSchemaDialog({ labels, onPaste }: PasteSchemaDialogProps) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const [error, setError] = useState<string>();

  function use() {
    const parsed = parseLabelSchema(text);
    if (!parsed.ok) {
      const shown = parsed.problems.slice(0, SHOWN_PROBLEMS).map(({ path, message }) =>
        path
          .replace(/^labelSchema\.?/, "")
          .concat(": ", message)
          .replace(/^: /, ""),
      );
      setError(`${shown.join("; ")}.`);
      return;
    }
    onPaste(parsed.labels);
    setOpen(false);
    setText("");
    setError(undefined);
  }

  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={<Button>{labels.length > 0 ? "JSON in and out" : "Paste JSON"}</Button>}
      title="Label schema as JSON"
      description="Ours, or MEGAnno's label_schema as it is. What you paste becomes the draft; you save it afterwards."
      size="lg"
      footer={
        <Button variant="primary" disabled={text.trim() === ""} onClick={use}>
          Use this schema
        </Button>
      }
    >
      <Field label="JSON to paste" error={error}>
        {(control) => (
          <Textarea
            {...control}
            mono
            rows={10}
            value={text}
            onChange={(event) => setText(event.target.value)}
            placeholder={
              '{"label_schema": [{"name": "sentiment", "level": "record", "options": [{"value": "pos", "text": "positive"}]}]}'
            }
            spellCheck={false}
            className="max-h-80"
          />
        )}
      </Field>
      {labels.length > 0 ? (
        <Tabs
          label="Copy out"
          defaultValue="ours"
          className="mt-4"
          items={[
            { value: "ours", label: "Copy as Tandem's" },
            { value: "meganno", label: "Copy as MEGAnno's" },
          ]}
        >
          <TabPanel value="ours">
            <JsonBlock label="Tandem schema" value={{ labelSchema: labels }} />
          </TabPanel>
          <TabPanel value="meganno">
            <JsonBlock label="MEGAnno schema" value={toMegannoSchema(labels)} />
          </TabPanel>
        </Tabs>
      ) : null}
    </Dialog>
  );
}
