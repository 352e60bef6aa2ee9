"use client";

import { useQuery } from "@tanstack/react-query";
import { TabPanel, Tabs } from "@/components/ui/tabs";
import type { Agent } from "@/contracts/agents";
import { roleAllows } from "@/contracts/roles";
import { useTRPC } from "@/trpc/client";
import type { AgentsProject } from "../agents-page";
import { JobsPanel } from "./jobs-panel";
import { PreviewPanel } from "./preview-panel";
import { RecordById, SubsetChoice } from "./record-choice";
import { TryOutPanel } from "./try-out-panel";
import type { useDraftPreview } from "./use-draft-preview";
import type { StudioAddress } from "./use-studio-address";
import { VersionsPanel } from "./versions-panel";

type StudioPanelsProps = {
  project: AgentsProject;
  agent: Agent | null;
  address: StudioAddress;
  preview: ReturnType<typeof useDraftPreview>;
};

/** Right half of the studio: the prompt as it is sent, a try-out, versions, jobs. */
export function StudioPanels({ project, agent, address, preview }: StudioPanelsProps) {
  const { slug, role } = project;
  const trpc = useTRPC();
  const subsets = useQuery(trpc.subsets.list.queryOptions({ project: slug, limit: 200 })).data?.items ?? [];
  const total = address.subsetId
    ? subsets.find(({ id }) => id === address.subsetId)?.count
    : project.counts.records;
  const items = [
    { value: "preview", label: "Preview" },
    { value: "try-out", label: "Try out" },
    ...(agent
      ? [
          { value: "versions", label: "Versions", count: agent.versions.length },
          { value: "jobs", label: "Jobs", count: agent.jobCount },
        ]
      : []),
  ];
  const tab = items.some(({ value }) => value === address.tab) ? address.tab : "preview";
  return (
    <div className="min-w-0 px-4 py-3 max-lg:border-t lg:w-1/2 lg:overflow-y-auto">
      <Tabs label="Results" items={items} value={tab} onValueChange={(value) => address.set("tab", value)}>
        <TabPanel value="preview">
          <div className="mb-3 flex flex-wrap items-start gap-3">
            <SubsetChoice subsets={subsets} address={address} onChange={() => preview.setPlace(0)} />
            <RecordById project={slug} address={address} />
          </div>
          <PreviewPanel preview={preview} total={address.recordId ? 1 : total} />
        </TabPanel>
        <TabPanel value="try-out">
          <div className="mb-3">
            <SubsetChoice subsets={subsets} address={address} />
          </div>
          <TryOutPanel subsetId={address.subsetId} />
        </TabPanel>
        {agent ? (
          <>
            <TabPanel value="versions">
              <VersionsPanel project={slug} agent={agent} />
            </TabPanel>
            <TabPanel value="jobs">
              <JobsPanel project={slug} agent={agent} canRun={roleAllows(role, "jobs:run")} />
            </TabPanel>
          </>
        ) : null}
      </Tabs>
    </div>
  );
}
