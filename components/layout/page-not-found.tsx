import { FileQuestion } from "lucide-react";
import { ButtonLink } from "@/components/ui/button";
import { StateMessage } from "@/components/ui/state-message";

/** An address that leads nowhere, or nowhere for the reader; inside a project its sidebar stays. */
export function PageNotFound() {
  return (
    <StateMessage
      icon={FileQuestion}
      title="There is no such page"
      action={<ButtonLink href="/projects">Go to projects</ButtonLink>}
    >
      It was removed, or it belongs to a project that you are not a member of.
    </StateMessage>
  );
}
