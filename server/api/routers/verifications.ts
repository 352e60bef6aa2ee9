import { router } from "../trpc";

export const verificationsRouter = router({});
