import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

const looks = {
  info: { icon: Info, box: "bg-accent-soft", mark: "text-accent" },
  good: { icon: CircleCheck, box: "bg-good-soft", mark: "text-good" },
  warn: { icon: TriangleAlert, box: "bg-warn-soft", mark: "text-warn" },
  bad: { icon: CircleAlert, box: "bg-bad-soft", mark: "text-bad" },
} as const;

type NoticeProps = {
  tone?: keyof typeof looks;
  title?: ReactNode;
  action?: ReactNode;
  children?: ReactNode;
  className?: string;
};

/** Something to know before acting on this part of the page; stays until its cause is gone. */
export function Notice({ tone = "info", title, action, children, className }: NoticeProps) {
  const { icon: Icon, box, mark } = looks[tone];
  return (
    <div
      role={tone === "bad" ? "alert" : "status"}
      className={cn("flex items-start gap-2 rounded-md px-3 py-2", box, className)}
    >
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", mark)} />
      <div className="min-w-0 flex-1">
        {title ? <p className="font-medium">{title}</p> : null}
        {children}
      </div>
      {action}
    </div>
  );
}
