"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { NavTabs } from "@/components/ui/nav-tabs";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import type { LabelDefinition, SchemaVersion } from "@/contracts/label-schema";
import type { Project } from "@/contracts/projects";
import { roleAllows } from "@/contracts/roles";
import { SchemaEditor } from "./schema-editor";
import { SchemaReadOnly } from "./schema-read-only";
import { SchemaVersions } from "./schema-versions";

type SchemaScreenProps = { project: Project; active: SchemaVersion | null };

/** The project's label schema: edited in place with a preview, and its versions (`?tab=versions`). */
export function SchemaScreen({ project, active: first }: SchemaScreenProps) {
  const path = usePathname();
  const router = useRouter();
  const tab = useSearchParams().get("tab") === "versions" ? "versions" : "labels";
  const [active, setActive] = useState(first);
  /** A version to start the editor from; null: the active one. */
  const [restored, setRestored] = useState<{ version: number; labels: LabelDefinition[] } | null>(null);
  const mayWrite = roleAllows(project.role, "schema:write");

  return (
    <>
      <PageHeader title="Schema" meta={active ? <Badge>Version {active.version}</Badge> : null} />
      <NavTabs
        label="Schema"
        className="px-4"
        items={[
          { href: path, label: "Labels", current: tab === "labels" },
          { href: `${path}?tab=versions`, label: "Versions", current: tab === "versions" },
        ]}
      />
      <PageBody>
        {tab === "versions" ? (
          <SchemaVersions
            project={project.slug}
            active={active?.version ?? null}
            onRestore={
              mayWrite
                ? (version) => {
                    setRestored({ version: version.version, labels: version.labelSchema });
                    router.push(path);
                  }
                : undefined
            }
          />
        ) : null}
        {/* What is being edited stays while the versions are looked at. */}
        <div hidden={tab === "versions"}>
          {mayWrite ? (
            <SchemaEditor
              // Another start is another draft.
              key={`${active?.version} ${restored?.version}`}
              project={project.slug}
              saved={active}
              start={restored?.labels ?? active?.labelSchema ?? []}
              onSaved={(version) => {
                setRestored(null);
                setActive(version);
              }}
            />
          ) : (
            <SchemaReadOnly labels={active?.labelSchema ?? []} />
          )}
        </div>
      </PageBody>
    </>
  );
}
