import { type DiffLine, diffLines } from "@/contracts/line-diff";
import { cn } from "./cn";
import { ScrollBox } from "./scroll-box";

const looks = {
  same: { row: "", sign: " ", words: "" },
  added: { row: "bg-good-soft", sign: "+", words: "added: " },
  removed: { row: "bg-bad-soft", sign: "−", words: "removed: " },
} as const;

type DiffViewProps = {
  /** What is compared: "Version 3 → version 4". */
  label: string;
  before: string;
  after: string;
  className?: string;
};

/** Two texts as one, line by line. What changed is told by a sign and a word, not by colour alone. */
export function DiffView({ label, before, after, className }: DiffViewProps) {
  const lines = diffLines(before, after);
  if (lines.every((line) => line.kind === "same")) {
    return <p className={cn("text-muted", className)}>The two are the same.</p>;
  }
  return (
    <ScrollBox label={label} className={cn("rounded-md border", className)}>
      <ol className="min-w-fit py-1 font-mono text-xs leading-5">
        {lines.map((line) => (
          <DiffRow key={`${line.before}-${line.after}`} line={line} />
        ))}
      </ol>
    </ScrollBox>
  );
}

function DiffRow({ line }: { line: DiffLine }) {
  const { row, sign, words } = looks[line.kind];
  return (
    <li className={cn("flex", row)}>
      <span aria-hidden className="tabular w-9 shrink-0 select-none pr-2 text-right text-faint">
        {line.before}
      </span>
      <span aria-hidden className="tabular w-9 shrink-0 select-none pr-2 text-right text-faint">
        {line.after}
      </span>
      <span aria-hidden className="w-4 shrink-0 select-none text-muted">
        {sign}
      </span>
      <span className="whitespace-pre-wrap break-words pr-3">
        <span className="sr-only">{words}</span>
        {line.text || " "}
      </span>
    </li>
  );
}
