import { router } from "../trpc";

export const aggregationRouter = router({});
