"use client";

import { cn } from "./cn";
import { formatExact, formatRelative } from "./format-time";
import { useLocale, useNow } from "./reader";
import { Tooltip } from "./tooltip";

type RelativeTimeProps = {
  /** ISO 8601, or milliseconds since 1970. */
  value: string | number;
  /** It may still come, as a due date. Anything else is past, whatever clocks say: one here is renewed only now and then. */
  ahead?: boolean;
  className?: string;
};

/** "3 min. ago", with the exact time on hover and focus. */
export function RelativeTime({ value, ahead = false, className }: RelativeTimeProps) {
  const locale = useLocale();
  const now = useNow();
  const time = typeof value === "number" ? value : Date.parse(value);
  return (
    <Tooltip content={<ExactTime time={time} locale={locale} />}>
      <time dateTime={new Date(time).toISOString()} className={cn("whitespace-nowrap", className)}>
        {formatRelative(ahead ? time : Math.min(time, now), now, locale)}
      </time>
    </Tooltip>
  );
}

/** Rendered only when the tooltip opens, hence only in the browser, which knows the reader's zone. */
function ExactTime({ time, locale }: { time: number; locale: string }) {
  return <span className="tabular">{formatExact(time, locale)}</span>;
}
