"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useState } from "react";
import { NoPermission } from "@/components/ui/no-permission";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import type { Project } from "@/contracts/projects";
import { roleAllows } from "@/contracts/roles";
import { DropFile } from "./drop-file";
import { ImportRunView } from "./import-run-view";
import { MapFile } from "./map-file";
import { RecentImports } from "./recent-imports";

/** From a file to records in three steps: choose, map with a preview, watch and read the report (`?run=`). */
export function ImportScreen({ project }: { project: Project }) {
  const router = useRouter();
  const path = usePathname();
  const runId = useSearchParams().get("run");
  const [file, setFile] = useState<File>();
  const base = `/p/${project.slug}`;

  function showRun(id: string | null) {
    setFile(undefined);
    router.push(id === null ? path : `${path}?run=${id}`);
  }

  return (
    <>
      <PageHeader
        crumbs={[
          { label: project.name, href: base },
          { label: "Records", href: `${base}/records` },
        ]}
        title="Import records"
      />
      <PageBody>
        {!roleAllows(project.role, "records:import") ? (
          <NoPermission title="You can't import records into this project">
            Administrators can. Ask one of them for another role.
          </NoPermission>
        ) : runId !== null ? (
          <ImportRunView project={project.slug} id={runId} onAnother={() => showRun(null)} />
        ) : file ? (
          <MapFile
            project={project.slug}
            file={file}
            onBack={() => setFile(undefined)}
            onStarted={(id) => showRun(id)}
          />
        ) : (
          <>
            <DropFile onFile={setFile} />
            <RecentImports project={project.slug} />
          </>
        )}
      </PageBody>
    </>
  );
}
