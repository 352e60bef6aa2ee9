/** First stop of the Tab key: past the sidebar, into the page (`main#content`). */
export function SkipLink() {
  return (
    <a
      href="#content"
      className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-overlay focus:px-3 focus:py-1.5 focus:shadow-float"
    >
      Skip to content
    </a>
  );
}
