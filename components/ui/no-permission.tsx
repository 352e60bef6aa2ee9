import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import { StateMessage } from "./state-message";

type NoPermissionProps = {
  /** "You can't see members of this project". */
  title: ReactNode;
  /** Who can, and whom to ask: "Reviewers and administrators can. Ask Ada Park for the role." */
  children: ReactNode;
  action?: ReactNode;
};

/** The reader's role does not allow this: says which role does. */
export function NoPermission({ title, children, action }: NoPermissionProps) {
  return (
    <StateMessage icon={Lock} title={title} action={action}>
      {children}
    </StateMessage>
  );
}
