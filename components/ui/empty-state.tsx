import { Inbox, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { StateMessage } from "./state-message";

type EmptyStateProps = {
  icon?: LucideIcon;
  title: ReactNode;
  /** One sentence that teaches what will be here. */
  children?: ReactNode;
  /** The one button that fills it. */
  action?: ReactNode;
  className?: string;
};

/** Nothing here yet, or nothing matches: says which, and offers the way on. */
export function EmptyState({ icon = Inbox, ...rest }: EmptyStateProps) {
  return <StateMessage icon={icon} {...rest} />;
}
