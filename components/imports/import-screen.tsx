"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useState } from "react";
import { NavTabs } from "@/components/ui/nav-tabs";
import { NoPermission } from "@/components/ui/no-permission";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import type { Project } from "@/contracts/projects";
import { roleAllows } from "@/contracts/roles";
import { ChooseSource } from "./choose-source";
import { ImportRunView } from "./import-run-view";
import type { ImportSource } from "./import-source";
import { LabelImport } from "./labels/label-import";
import { MapFile } from "./map-file";
import { RecentImports } from "./recent-imports";

/** From a file to records in three steps: choose, map with a preview, watch and read the report (`?run=`). */
export function ImportScreen({ project }: { project: Project }) {
  const router = useRouter();
  const path = usePathname();
  const params = useSearchParams();
  const runId = params.get("run");
  const kind = params.get("kind") === "labels" ? "labels" : "records";
  const [source, setSource] = useState<ImportSource>();
  const base = `/p/${project.slug}`;

  function showRun(id: string | null) {
    setSource(undefined);
    router.push(id === null ? path : `${path}?run=${id}`);
  }

  return (
    <>
      <PageHeader crumbs={[{ label: "Records", href: `${base}/records` }]} title="Import" />
      {runId === null && source === undefined ? (
        <NavTabs
          label="What to import"
          className="px-4"
          items={[
            { href: path, label: "Records", current: kind === "records" },
            { href: `${path}?kind=labels`, label: "Labels of another tool", current: kind === "labels" },
          ]}
        />
      ) : null}
      <PageBody>
        {!roleAllows(project.role, "records:import") ? (
          <NoPermission title="You can't import records into this project">
            Administrators can. Ask one of them for another role.
          </NoPermission>
        ) : runId !== null ? (
          <ImportRunView project={project.slug} id={runId} onAnother={() => showRun(null)} />
        ) : source ? (
          <MapFile
            project={project.slug}
            source={source}
            onBack={() => setSource(undefined)}
            onStarted={(id) => showRun(id)}
          />
        ) : (
          <>
            {kind === "labels" ? (
              <LabelImport project={project} onStarted={(id) => showRun(id)} />
            ) : (
              <ChooseSource onSource={setSource} />
            )}
            <RecentImports project={project.slug} />
          </>
        )}
      </PageBody>
    </>
  );
}
