"use client";

import { Plus } from "lucide-react";
import { useMemo, useState } from "react";
import { useHotkeys } from "react-hotkeys-hook";
import { Button } from "@/components/ui/button";
import { useKeyHints } from "@/components/ui/key-hints";
import { Notice } from "@/components/ui/notice";
import { UnsavedChanges } from "@/components/ui/unsaved-changes";
import type { LabelDefinition, SchemaVersion } from "@/contracts/label-schema";
import { LabelEditor } from "./label-editor";
import { PasteSchemaDialog } from "./paste-schema-dialog";
import { SaveSchemaDialog } from "./save-schema-dialog";
import {
  blankLabel,
  type Draft,
  draftOf,
  draftProblems,
  isSameSchema,
  moved,
  schemaOf,
} from "./schema-draft";
import { SchemaPreview } from "./schema-preview";
import { SchemaTemplates } from "./schema-templates";
import { useSaveSchema } from "./use-save-schema";

const hints = [{ title: "Schema", hints: [{ keys: ["Ctrl+S"], does: "Save as a new version" }] }];

type SchemaEditorProps = {
  project: string;
  saved: SchemaVersion | null;
  /** What the editor begins with. */
  start: readonly LabelDefinition[];
  onSaved: (version: SchemaVersion) => void;
};

/** Labels and options edited in place; beside them what annotators and models will see. */
export function SchemaEditor({ project, saved, start, onSaved }: SchemaEditorProps) {
  const [draft, setDraft] = useState<Draft>(() => draftOf(start));
  const [tried, setTried] = useState(false);
  const all = useMemo(() => draftProblems(draft), [draft]);
  const problems = useMemo(() => (tried ? all : filledOnly(all, draft)), [all, tried, draft]);
  const unchanged = isSameSchema(draft, saved?.labelSchema ?? []);
  useKeyHints(hints);

  const save = useSaveSchema(project, onSaved);

  function send() {
    setTried(true);
    if (all.size === 0 && !unchanged) save.send(schemaOf(draft));
  }
  useHotkeys("mod+s", send, { preventDefault: true, enableOnFormTags: true }, [draft, all, unchanged]);

  const changeAt = (at: number, label: Draft[number]) =>
    setDraft(draft.map((other, index) => (index === at ? label : other)));

  if (draft.length === 0) return <SchemaTemplates onChoose={(labels) => setDraft(draftOf(labels))} />;
  return (
    <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <UnsavedChanges active={!unchanged} what="The label schema" />
      <div className="flex min-w-0 flex-col gap-6">
        {draft.map((label, at) => (
          <LabelEditor
            key={label.key}
            label={label}
            path={`${at}`}
            problems={problems}
            onChange={(changed) => changeAt(at, changed)}
            onMove={(by) => setDraft(moved(draft, at, by))}
            onDelete={() => setDraft(draft.filter((_, index) => index !== at))}
            isFirst={at === 0}
            isLast={at === draft.length - 1}
          />
        ))}
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => setDraft([...draft, blankLabel()])}>
            <Plus aria-hidden />
            Add label
          </Button>
          <PasteSchemaDialog labels={schemaOf(draft)} onPaste={(labels) => setDraft(draftOf(labels))} />
        </div>
        <footer className="sticky bottom-0 -mb-6 flex flex-col gap-2 border-t bg-surface py-3">
          {save.problem && !save.found ? <Notice tone="bad">{save.problem}</Notice> : null}
          {tried && all.size > 0 ? (
            <p role="alert" className="text-bad">
              {all.size === 1 ? "One field is wrong." : `${all.size} fields are wrong.`} Each says what to do.
            </p>
          ) : null}
          <div className="flex flex-wrap items-center justify-end gap-2">
            <span className="mr-auto text-muted">
              {unchanged
                ? "Nothing changed"
                : `Labels given before stay as they are; new ones follow version ${(saved?.version ?? 0) + 1}.`}
            </span>
            <Button
              disabled={unchanged}
              onClick={() => {
                setDraft(draftOf(saved?.labelSchema ?? []));
                setTried(false);
              }}
            >
              Discard changes
            </Button>
            <Button variant="primary" disabled={unchanged} busy={save.busy} onClick={send}>
              Save version {(saved?.version ?? 0) + 1}
            </Button>
          </div>
        </footer>
      </div>
      <SchemaPreview project={project} draft={draft} complete={all.size === 0} />
      {save.found ? (
        <SaveSchemaDialog
          version={(saved?.version ?? 0) + 1}
          before={saved?.labelSchema ?? []}
          found={save.found}
          busy={save.busy}
          problem={save.problem}
          onClose={save.cancel}
          onSave={save.confirm}
        />
      ) : null}
    </div>
  );
}

/** Before the first try to save, fields that are still empty are left in peace. */
function filledOnly(problems: ReadonlyMap<string, string>, draft: Draft): ReadonlyMap<string, string> {
  return new Map([...problems].filter(([path]) => valueAt(draft, path) !== ""));
}

function valueAt(draft: Draft, path: string): unknown {
  let value: unknown = draft;
  for (const part of path.split("."))
    value = typeof value === "object" && value !== null ? Reflect.get(value, part) : undefined;
  return value;
}
