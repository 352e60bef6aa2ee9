"use client";

import { useQuery } from "@tanstack/react-query";
import { Select } from "@/components/ui/select";
import { TabPanel, Tabs } from "@/components/ui/tabs";
import type { Agent } from "@/contracts/agents";
import { roleAllows } from "@/contracts/roles";
import { useTRPC } from "@/trpc/client";
import type { AgentsProject } from "../agents-page";
import { JobsPanel } from "./jobs-panel";
import { PreviewPanel } from "./preview-panel";
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
          <SubsetChoice project={slug} address={address} />
          <PreviewPanel {...preview} />
        </TabPanel>
        <TabPanel value="try-out">
          <SubsetChoice project={slug} address={address} />
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

const ALL = "all";

/** Whose records the prompt is shown on. */
function SubsetChoice({ project, address }: { project: string; address: StudioAddress }) {
  const trpc = useTRPC();
  const subsets = useQuery(trpc.subsets.list.queryOptions({ project, limit: 200 })).data?.items ?? [];
  if (subsets.length === 0) return null;
  return (
    <Select
      aria-label="Records"
      className="mb-3 w-64"
      options={[
        { value: ALL, label: "Records of the project" },
        ...subsets.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      value={address.subsetId ?? ALL}
      onValueChange={(value) => address.set("subset", value === ALL ? null : value)}
    />
  );
}
