import ReactMarkdown from "react-markdown";
import { cn } from "./cn";
import { OverflowBox } from "./overflow-box";

const look = cn(
  "max-w-[70ch] text-base [&>*:first-child]:mt-0",
  "[&_a]:text-accent [&_a]:underline [&_a]:underline-offset-2",
  "[&_h1]:mt-5 [&_h1]:mb-1.5 [&_h1]:text-lg [&_h2]:mt-5 [&_h2]:mb-1 [&_h2]:text-base [&_h3]:mt-4 [&_h3]:mb-1 [&_h3]:text-sm",
  "[&_p]:my-2 [&_ul]:my-2 [&_ul]:list-disc [&_ul]:pl-5 [&_ol]:my-2 [&_ol]:list-decimal [&_ol]:pl-5 [&_li]:my-0.5",
  "[&_blockquote]:my-2 [&_blockquote]:border-l-2 [&_blockquote]:border-line-strong [&_blockquote]:pl-3 [&_blockquote]:text-muted",
  "[&_code]:rounded-sm [&_code]:bg-raised [&_code]:px-1 [&_code]:font-mono [&_code]:text-[0.85em]",
  "[&_pre]:my-2 [&_pre]:w-max [&_pre]:min-w-full [&_pre]:rounded-md [&_pre]:bg-raised [&_pre]:p-3 [&_pre_code]:p-0",
  "[&_hr]:my-4",
);

/** Guidelines and notes that people wrote. HTML is shown as they typed it; images are dropped: a text must not call out. */
export function Markdown({ children, className }: { children: string; className?: string }) {
  return (
    <div className={cn(look, className)}>
      <ReactMarkdown
        disallowedElements={["img"]}
        components={{
          a: ({ href, children: words }) => (
            <a href={href} rel="noreferrer nofollow" target="_blank">
              {words}
            </a>
          ),
          pre: ({ children: code }) => (
            <OverflowBox label="Code">
              <pre>{code}</pre>
            </OverflowBox>
          ),
        }}
      >
        {children}
      </ReactMarkdown>
    </div>
  );
}
