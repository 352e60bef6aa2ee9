/** Remembers whether a reader's sidebar is folded, so that the server draws the first frame right. */
export const sidebarCookie = "tandem-sidebar";

/** The cookie's value while the sidebar shows icons only. */
export const foldedValue = "folded";
