"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { useFormat } from "@/components/ui/figure";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import type { LabelDefinition } from "@/contracts/label-schema";
import type { MappingRule, SchemaEffects } from "@/contracts/schema-effects";
import { EffectsTable } from "./effects-table";
import { rulesOf } from "./mapping-choice";

type SaveSchemaDialogProps = {
  /** The version that saving makes. */
  version: number;
  before: readonly LabelDefinition[];
  found: SchemaEffects;
  busy: boolean;
  problem: string | null;
  onClose: () => void;
  onSave: (more: { map?: MappingRule[]; worklist?: string }) => void;
};

/** What saving would break, before it is saved: map old values to new ones, and make a list to label again. */
export function SaveSchemaDialog(props: SaveSchemaDialogProps) {
  const { version, before, found, busy, problem, onClose, onSave } = props;
  const { effects, labelSchema: after, records, agents, truncated } = found;
  const [chosen, setChosen] = useState<ReadonlyMap<string, string>>(new Map());
  const [listed, setListed] = useState(effects.length > 0);
  const [name, setName] = useState(`Label again for version ${version}`);
  const format = useFormat();
  const rules = rulesOf(effects, after, chosen);
  const labels = effects.reduce((sum, effect) => sum + effect.labels, 0);
  const nameMissing = listed && effects.length > 0 && name.trim() === "";

  function choose(effect: string, target: string | null) {
    const next = new Map(chosen);
    if (target === null) next.delete(effect);
    else next.set(effect, target);
    setChosen(next);
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      size="xl"
      title={`What version ${version} changes`}
      description={
        effects.length > 0
          ? `${format.counted(labels, "label")} on ${format.counted(records, "record")} no longer ${labels === 1 ? "fits. It stays as it is and keeps its author" : "fit. They stay as they are and keep their authors"}; new labels follow version ${version}.`
          : "Every label still fits."
      }
      footer={
        <>
          <Button onClick={onClose}>Go on editing</Button>
          <Button
            variant="primary"
            busy={busy}
            disabled={nameMissing}
            onClick={() =>
              onSave({
                ...(rules.length > 0 ? { map: rules } : {}),
                ...(listed && effects.length > 0 ? { worklist: name.trim() } : {}),
              })
            }
          >
            Save version {version}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {problem ? <Notice tone="bad">{problem}</Notice> : null}
        {agents.length > 0 ? (
          <Notice tone="warn" title="Agents ask for a label that goes">
            {agents.map((agent) => `${agent.name} (${agent.labels.join(", ")})`).join("; ")}. A new job needs
            a new version of them.
          </Notice>
        ) : null}
        {effects.length > 0 ? (
          <>
            <EffectsTable effects={effects} before={before} after={after} chosen={chosen} onChoose={choose} />
            {truncated ? (
              <p className="text-muted">There are more kinds of such labels than are listed here.</p>
            ) : null}
            <p className="text-muted">
              Mapping writes new labels beside the old ones, as “name (mapped to version {version})”; it can
              be undone under Versions.
            </p>
            <div className="flex flex-col gap-2">
              <Checkbox
                checked={listed}
                onCheckedChange={(on) => setListed(on === true)}
                label={`Make a subset of the ${format.counted(records, "record")}, to label again`}
              />
              {listed ? (
                <Field label="Name of the subset" error={nameMissing ? "must not be empty" : undefined}>
                  {(control) => (
                    <Input
                      {...control}
                      value={name}
                      maxLength={120}
                      onChange={(event) => setName(event.target.value)}
                    />
                  )}
                </Field>
              ) : null}
            </div>
          </>
        ) : null}
      </div>
    </Dialog>
  );
}
