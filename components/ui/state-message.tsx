import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

type StateMessageProps = {
  icon: LucideIcon;
  title: ReactNode;
  /** One sentence. */
  children?: ReactNode;
  /** One button. */
  action?: ReactNode;
  role?: "alert" | "status";
  className?: string;
};

/** What stands where content would: the shape that the empty, error and no-permission states share. */
export function StateMessage({ icon: Icon, title, children, action, role, className }: StateMessageProps) {
  return (
    <div
      role={role}
      className={cn("mx-auto flex max-w-sm flex-col items-center px-4 py-14 text-center", className)}
    >
      <Icon aria-hidden strokeWidth={1.5} className="mb-3 size-5 text-faint" />
      <p className="font-medium text-text">{title}</p>
      {children ? <div className="mt-1 text-balance text-muted">{children}</div> : null}
      {action ? <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}
