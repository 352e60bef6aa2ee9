import { FileQuestion } from "lucide-react";
import { ButtonLink } from "@/components/ui/button";
import { StateMessage } from "@/components/ui/state-message";

export const metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <StateMessage
        icon={FileQuestion}
        title="There is no such page"
        action={<ButtonLink href="/">Go to projects</ButtonLink>}
      >
        It was removed, or it belongs to a project that you are not a member of.
      </StateMessage>
    </main>
  );
}
