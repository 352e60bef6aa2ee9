import { Shapes } from "lucide-react";
import { EmptyState } from "@/components/ui/empty-state";
import type { LabelDefinition } from "@/contracts/label-schema";
import { LabellingForm } from "./labelling-form";

/** The schema for roles that label by it but don't change it. */
export function SchemaReadOnly({ labels }: { labels: readonly LabelDefinition[] }) {
  if (labels.length === 0)
    return (
      <EmptyState icon={Shapes} title="No label schema yet">
        An administrator of the project defines the labels and their options here.
      </EmptyState>
    );
  return (
    <div className="max-w-xl">
      <LabellingForm labels={labels} />
    </div>
  );
}
