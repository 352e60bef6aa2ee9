import { useState } from "react";
import { foldedValue, sidebarCookie } from "./sidebar-cookie";

const yearSeconds = 365 * 24 * 60 * 60;

/** Whether the sidebar is folded, and the function that turns it, remembered for a year. */
export function useFolded(defaultFolded: boolean): [boolean, () => void] {
  const [folded, setFolded] = useState(defaultFolded);

  function toggle() {
    const next = !folded;
    setFolded(next);
    // Safari and Firefox ESR have no cookieStore.
    document.cookie = `${sidebarCookie}=${next ? foldedValue : "open"}; path=/; max-age=${yearSeconds}; samesite=lax`;
  }

  return [folded, toggle];
}
