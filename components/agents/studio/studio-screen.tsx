"use client";

import { useCallback, useMemo, useState } from "react";
import { Notice } from "@/components/ui/notice";
import { PageBody } from "@/components/ui/page-body";
import { UnsavedChanges } from "@/components/ui/unsaved-changes";
import { diffVersions } from "@/contracts/agent-diff";
import type { Agent } from "@/contracts/agents";
import type { LabelDefinition } from "@/contracts/label-schema";
import { roleAllows } from "@/contracts/roles";
import { problemOf } from "@/trpc/client";
import type { AgentsProject } from "../agents-page";
import { contentOf, type Draft } from "./draft";
import type { DraftPrompt } from "./examples/draft-examples";
import { ModelSection } from "./model-section";
import { NameSection } from "./name-section";
import { PromptSections } from "./prompt-sections";
import { type Studio, StudioProvider } from "./studio-context";
import { StudioHeader } from "./studio-header";
import { StudioPanels } from "./studio-panels";
import { useDraftPreview } from "./use-draft-preview";
import { useStudioAddress } from "./use-studio-address";

type StudioScreenProps = {
  project: AgentsProject;
  labels: readonly LabelDefinition[];
  /** Null for one that is not saved yet. */
  agent: Agent | null;
  first: Draft;
};

const NO_WARNINGS: Studio["warnings"] = [];

/** Left what is edited, right what comes of it. */
export function StudioScreen({ project, labels, agent, first }: StudioScreenProps) {
  const [start] = useState(first);
  const [draft, setDraft] = useState(start);
  const [apiKey, setApiKey] = useState("");
  const readOnly = !roleAllows(project.role, "agents:write") || agent?.archived === true;
  const address = useStudioAddress();
  const preview = useDraftPreview(project.slug, draft, address);
  const change = useCallback((part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part })), []);
  const changePrompt = useCallback(
    (part: Partial<DraftPrompt>) => setDraft((now) => ({ ...now, prompt: { ...now.prompt, ...part } })),
    [],
  );
  const problems = preview.query.error ? problemOf(preview.query.error).errors : undefined;
  const warnings = preview.shown?.warnings ?? NO_WARNINGS;
  const studio = useMemo<Studio>(
    () => ({
      project: project.slug,
      draft,
      change,
      changePrompt,
      problemAt: (path) => problems?.find((problem) => problem.path === path)?.message,
      warnings,
      apiKey,
      setApiKey,
      readOnly,
      labels,
    }),
    [project.slug, draft, change, changePrompt, problems, warnings, apiKey, readOnly, labels],
  );
  const content = contentOf(draft);
  const changed = agent !== null && (content === null || diffVersions(agent, content).changed);
  return (
    <StudioProvider value={studio}>
      <UnsavedChanges active={!readOnly && (agent ? changed : draft !== start)} what="The agent" />
      <StudioHeader project={project} agent={agent} changed={changed} />
      <PageBody layout="fill" className="lg:flex-row">
        <div className="min-w-0 px-4 py-5 lg:w-1/2 lg:overflow-y-auto lg:border-r">
          {readOnly ? (
            <Notice
              className="mb-5"
              title={agent?.archived ? "This agent is archived" : "You can look, not change"}
            >
              {agent?.archived
                ? "Restore it to change or run it."
                : "Administrators of the project change agents."}
            </Notice>
          ) : null}
          <NameSection agent={agent} />
          <ModelSection />
          <PromptSections builtTemplate={preview.shown?.template} poolSize={preview.shown?.examplePool} />
        </div>
        <StudioPanels project={project} agent={agent} address={address} preview={preview} />
      </PageBody>
    </StudioProvider>
  );
}
