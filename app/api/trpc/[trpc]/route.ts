import { handleBrowserCall } from "@/server/api/handle-browser-call";

export { handleBrowserCall as GET, handleBrowserCall as POST };
