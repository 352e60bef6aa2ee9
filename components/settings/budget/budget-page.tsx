"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { NoPermission } from "@/components/ui/no-permission";
import { roleAllows } from "@/contracts/roles";
import { SettingsFrame, type SettingsProject } from "../settings-frame";
import { SaveKeyDialog } from "./save-key-dialog";
import { SavedKeys } from "./saved-keys";
import { SpendCap } from "./spend-cap";

/** The keys that the project's calls use, and what they may cost together. */
export function BudgetPage({ project }: { project: SettingsProject }) {
  const [saving, setSaving] = useState(false);
  const may = roleAllows(project.role, "project:manage");
  return (
    <SettingsFrame
      project={project}
      current="budget"
      actions={
        may ? (
          <Button variant="primary" onClick={() => setSaving(true)}>
            Save a key
          </Button>
        ) : null
      }
    >
      {may ? (
        <div className="flex flex-col gap-8">
          <SavedKeys project={project.slug} onSave={() => setSaving(true)} />
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
