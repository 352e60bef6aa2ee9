"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { NoPermission } from "@/components/ui/no-permission";
import { roleAllows } from "@/contracts/roles";
import { useTRPC } from "@/trpc/client";
import { SettingsFrame, type SettingsProject } from "../settings-frame";
import { SaveKeyDialog } from "./save-key-dialog";
import { SavedKeys } from "./saved-keys";
import { SpendCap } from "./spend-cap";

/** The keys that the project's calls use, and what they may cost together. */
export function BudgetPage({ project }: { project: SettingsProject }) {
  const trpc = useTRPC();
  const [saving, setSaving] = useState(false);
  const may = roleAllows(project.role, "project:manage");
  const keys = useQuery(trpc.llmKeys.list.queryOptions({ project: project.slug }, { enabled: may }));
  const save = (
    <Button variant="primary" onClick={() => setSaving(true)}>
      Save a key
    </Button>
  );
  return (
    <SettingsFrame
      project={project}
      current="budget"
      actions={may && keys.data?.items.length !== 0 ? save : null}
    >
      {may ? (
        <div className="flex flex-col gap-8">
          <SavedKeys project={project.slug} save={save} />
          <SpendCap project={project.slug} />
          {saving ? <SaveKeyDialog project={project.slug} onClose={() => setSaving(false)} /> : null}
        </div>
      ) : (
        <NoPermission title="You can't see the project's keys and budget">
          Administrators of the project can.
        </NoPermission>
      )}
    </SettingsFrame>
  );
}
