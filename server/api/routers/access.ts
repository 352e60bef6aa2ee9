import { router } from "../trpc";
import { accountProcedures } from "./account";
import { invitationProcedures } from "./invitations";
import { memberProcedures } from "./members";

export const accessRouter = router({ ...accountProcedures, ...invitationProcedures, ...memberProcedures });
