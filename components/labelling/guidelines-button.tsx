"use client";

import { BookOpen } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { Markdown } from "@/components/ui/markdown";
import { OptionChip } from "@/components/ui/option-chip";
import { optionLook } from "@/components/ui/option-look";
import { Sheet } from "@/components/ui/sheet";
import type { LabelDefinition } from "@/contracts/label-schema";

/** Opens what a label and its options mean, beside the texts that are labelled; they stay usable. */
export function GuidelinesButton({ labels }: { labels: readonly LabelDefinition[] }) {
  if (labels.length === 0) return null;
  return (
    <Sheet
      modal={false}
      title="Guidelines"
      trigger={
        <IconButton label="Guidelines" variant="ghost">
          <BookOpen aria-hidden />
        </IconButton>
      }
    >
      <div className="flex flex-col gap-8">
        {labels.map((label) => (
          <LabelGuidelines key={label.name} label={label} />
        ))}
      </div>
    </Sheet>
  );
}

function LabelGuidelines({ label }: { label: LabelDefinition }) {
  return (
    <section aria-label={label.name}>
      <h3 className="font-medium text-base">{label.name}</h3>
      {label.description ? <p className="mt-1 text-muted">{label.description}</p> : null}
      <dl className="mt-3 divide-y border-y">
        {label.options.map(({ value, description }) => (
          <div key={value} className="flex flex-wrap gap-x-3 gap-y-1 py-2">
            <dt>
              <OptionChip variant="filled" {...optionLook(label, value)} />
            </dt>
            <dd className="min-w-0 flex-1 text-muted">{description ?? "No description yet."}</dd>
          </div>
        ))}
      </dl>
      {label.guidelines ? <Markdown className="mt-4">{label.guidelines}</Markdown> : null}
    </section>
  );
}
