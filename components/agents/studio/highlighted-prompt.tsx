import { cn } from "@/components/ui/cn";
import { CodeBlock } from "@/components/ui/code-block";
import type { PreviewItem } from "@/contracts/agents";

type Kind = PreviewItem["segments"][number]["parts"][number]["kind"];

/** Where a stretch comes from; underlines tell them apart without colour. */
const looks: Record<Kind, { mark: string; words: string } | null> = {
  fixed: null,
  schema: { mark: "bg-accent-soft text-accent", words: "From the label schema" },
  input: {
    mark: "bg-good-soft underline decoration-good decoration-2 underline-offset-3",
    words: "The record",
  },
  metadata: {
    mark: "bg-warn-soft underline decoration-warn decoration-dotted decoration-2 underline-offset-3",
    words: "Record metadata",
  },
  example: {
    mark: "bg-raised underline decoration-text-faint decoration-dashed underline-offset-3",
    words: "An example",
  },
};

/** The messages exactly as they are sent; what was filled in is marked by where it comes from. */
export function HighlightedPrompt({ item }: { item: PreviewItem }) {
  const kinds = new Set(item.segments.flatMap(({ parts }) => parts.map(({ kind }) => kind)));
  return (
    <div className="flex flex-col gap-3">
      <ul aria-label="Marks" className="flex flex-wrap gap-x-4 gap-y-1 text-muted text-xs">
        {[...kinds].map((kind) => {
          const look = looks[kind];
          return look ? (
            <li key={kind}>
              <span className={cn("rounded-sm px-1", look.mark)}>{look.words}</span>
            </li>
          ) : null;
        })}
      </ul>
      {item.segments.map(({ role, parts }, index) => (
        <div key={role}>
          <h3 className="mb-1 text-faint text-xs">{role === "system" ? "System message" : "User message"}</h3>
          <CodeBlock
            label={role === "system" ? "System message" : "User message"}
            text={item.messages[index]?.content ?? ""}
            wrap
          >
            <Parts parts={parts} />
          </CodeBlock>
        </div>
      ))}
    </div>
  );
}

type Part = PreviewItem["segments"][number]["parts"][number];

function Parts({ parts }: { parts: readonly Part[] }) {
  let start = 0;
  return parts.map(({ kind, text }) => {
    const key = start;
    start += text.length;
    const look = looks[kind];
    return look ? (
      <mark key={key} className={cn("rounded-[2px] text-inherit", look.mark)} title={look.words}>
        {text}
      </mark>
    ) : (
      <span key={key}>{text}</span>
    );
  });
}
