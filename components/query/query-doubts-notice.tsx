import { Notice } from "@/components/ui/notice";
import type { Query } from "@/contracts/query";
import { queryDoubts } from "./query-doubts";
import type { Vocabulary } from "./vocabulary";

type QueryDoubtsNoticeProps = { query: Query | null; vocabulary: Vocabulary; className?: string };

/** What a query names that the project doesn't have; nothing when all is there. */
export function QueryDoubtsNotice({ query, vocabulary, className }: QueryDoubtsNoticeProps) {
  const messages = [...new Set(queryDoubts(query, vocabulary).map(({ message }) => message))];
  if (messages.length === 0) return null;
  return (
    <Notice tone="warn" title="This search may not mean what it says" className={className}>
      {messages.map((message) => (
        <p key={message}>{message}</p>
      ))}
    </Notice>
  );
}
