import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { TooltipProvider } from "@/components/ui/tooltip";
import type { LabelDefinition } from "@/contracts/label-schema";
import { emptyDraft } from "../draft";
import type { DraftPrompt } from "../examples/draft-examples";
import { type Studio, StudioProvider } from "../studio-context";

type Made = {
  labels: readonly LabelDefinition[];
  prompt?: Partial<DraftPrompt>;
  /** By their paths. */
  problems?: Readonly<Record<string, string>>;
};

/** A part of the studio as it is first drawn, of a draft that asks for all labels. */
export function studioMarkup(part: ReactNode, { labels, prompt = {}, problems = {} }: Made): string {
  const draft = emptyDraft([]);
  const asked = labels.map(({ name }) => name);
  const studio: Studio = {
    project: "p",
    draft: { ...draft, prompt: { ...draft.prompt, labels: asked, ...prompt } },
    change: () => undefined,
    changePrompt: () => undefined,
    problemAt: (path) => problems[path],
    warnings: [],
    apiKey: "",
    setApiKey: () => undefined,
    readOnly: false,
    labels,
  };
  return renderToStaticMarkup(
    <TooltipProvider>
      <StudioProvider value={studio}>{part}</StudioProvider>
    </TooltipProvider>,
  );
}
