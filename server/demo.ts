import {
  type Actor,
  createInvitation,
  createSignInLink,
  ensureOwner,
  listInvitations,
  proveMembership,
  renewInvitation,
  signInLinkUrl,
} from "./modules/access";
import { createSampleProject } from "./modules/samples";
import type { Db } from "./platform/db";

const OWNER = { name: "Demo owner", email: "owner@demo.example" };
const SECOND_PERSON = "Second person of the demo";
const MAX_USES = 20;
const DAYS = 7;

/** Links that open the sample project. */
export type DemoLinks = {
  /** Lets other people join it; each start makes the link of the last one worthless. */
  join: string;
  /** Signs its owner in, once. */
  signIn: string;
};

/**
 * Makes sure that there is a sample project, and makes new links to it.
 * @param publicUrl what the links start with, without a slash at the end
 */
export async function openDemo(db: Db, publicUrl: string): Promise<DemoLinks> {
  // Nobody knows the password: the owner comes in by a link, and may set another.
  const userId = await ensureOwner(db, { ...OWNER, password: crypto.randomUUID() });
  const project = await createSampleProject(db, { ownerId: userId });
  const { token } = await createSignInLink(db, { userId });
  const owner: Actor = { userId, name: OWNER.name, instanceRole: "owner" };
  return {
    join: await inviteSecondPerson(db, owner, { project: project.id, publicUrl }),
    signIn: `${signInLinkUrl(publicUrl, token)}?next=${encodeURIComponent(`/p/${project.slug}`)}`,
  };
}

type Place = { project: string; publicUrl: string };

async function inviteSecondPerson(db: Db, owner: Actor, { project, publicUrl }: Place): Promise<string> {
  const member = await proveMembership(db, owner, project);
  const { items } = await listInvitations(db, member, { project, limit: 100 });
  const earlier = items.find(({ note, state }) => note === SECOND_PERSON && state !== "revoked");
  const invitation = earlier
    ? await renewInvitation(db, member, { id: earlier.id, expiresInDays: DAYS }, publicUrl)
    : await createInvitation(
        db,
        member,
        { role: "reviewer", maxUses: MAX_USES, expiresInDays: DAYS, note: SECOND_PERSON },
        publicUrl,
      );
  if (invitation.url === null) throw new Error("A new invitation has no address.");
  return invitation.url;
}
