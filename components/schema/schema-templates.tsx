"use client";

import { Shapes } from "lucide-react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { LabelDefinition } from "@/contracts/label-schema";
import { schemaTemplates } from "@/contracts/schema-templates";
import { PasteSchemaDialog } from "./paste-schema-dialog";
import { blankLabel, schemaOf } from "./schema-draft";

type SchemaTemplatesProps = { onChoose: (labels: readonly LabelDefinition[]) => void };

/** Where a project without a schema starts. */
export function SchemaTemplates({ onChoose }: SchemaTemplatesProps) {
  return (
    <>
      <EmptyState
        icon={Shapes}
        title="No label schema yet"
        action={
          <>
            <Button variant="primary" onClick={() => onChoose(schemaOf([blankLabel()]))}>
              Define a label
            </Button>
            <PasteSchemaDialog labels={[]} onPaste={onChoose} />
          </>
        }
        className="pb-6"
      >
        It says which labels a record can get, and which options each has.
      </EmptyState>
      <h2 className="mb-2 text-sm">Or start from a template</h2>
      <ul className="divide-y border-y">
        {schemaTemplates.map((template) => (
          <li key={template.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
            <span className="w-40 font-medium max-sm:flex-1">{template.name}</span>
            <span className="min-w-0 flex-1 text-muted max-sm:order-last max-sm:basis-full">
              {template.purpose}
            </span>
            <Button
              size="sm"
              aria-label={`Use the template ${template.name}`}
              onClick={() => onChoose(template.labels)}
            >
              Use the template
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
