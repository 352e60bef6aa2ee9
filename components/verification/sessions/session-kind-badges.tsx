import { Badge } from "@/components/ui/badge";
import { useFormat } from "@/components/ui/figure";
import type { Session } from "@/contracts/sessions";
import { sessionKind } from "./session-kind";

/** What sets the session apart in how people work in it; nothing where it is as usual. */
export function SessionKindBadges({ session }: { session: Session }) {
  const format = useFormat();
  return sessionKind(session, { count: format.count, share: (value) => format.share(value, 0) }).map(
    (words) => (
      <Badge key={words} className="max-sm:hidden">
        {words}
      </Badge>
    ),
  );
}
