import { router } from "../trpc";

export const agentsRouter = router({});
