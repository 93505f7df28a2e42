/** The part of the store that holds people; what `store.ts` says of all units holds for these. */
import type { Instant } from './clock.ts'
import type { OrgToken } from './organization.ts'
import type { Grant, Invite, Member, Standing } from './person.ts'

export interface PeopleStore {
  /** Undefined when the person is neither invited nor a member. */
  findStanding(orgId: string, userEmail: string): Promise<Standing | undefined>
  /** In every organization, the oldest first. */
  listStandings(userEmail: string): Promise<Standing[]>
  /** Newest first. */
  listInvites(orgId: string): Promise<Invite[]>
  /** In the order in which they joined. */
  listMembers(orgId: string): Promise<Member[]>
  /** Refuses with `taken` a person who is invited or a member. */
  insertInvite(invite: Invite): Promise<void>
  /** Answers false when there is no such invite. */
  changeInvite(orgId: string, userEmail: string, scopes: Grant): Promise<boolean>
  /** Makes the invited person a member; undefined when there is no such invite. */
  acceptInvite(orgId: string, userEmail: string, at: Instant): Promise<Member | undefined>
  /** Undefined when there is no such member. Refuses with `invalid` to leave nobody who may do everything. */
  changeMember(orgId: string, userEmail: string, scopes: Grant): Promise<Member | undefined>
  /**
   * Ends a membership or takes an invite back, and revokes the person's tokens for that organization, in one unit; answers
   * false when there was none of that kind. Refuses with `invalid` to leave nobody who may do everything.
   */
  removePerson(leaving: Leaving): Promise<boolean>
  /** Refuses with `not-found` a token of a person who is neither invited nor a member by then. */
  insertPersonalToken(token: OrgToken): Promise<void>
  /** Notes the use of a personal token: the member's last login, and that the token was used. No event tells of it. */
  recordLogin(token: OrgToken, at: Instant): Promise<void>
}

/** Who leaves: a member, or somebody whose invite ends. */
export interface Leaving {
  readonly orgId: string
  readonly userEmail: string
  readonly kind: Standing['kind']
  readonly at: Instant
}
