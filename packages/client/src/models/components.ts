/** Types and values of the API, at the place of the official client: `components.Region.Seattle`. */
import type {
  CreateOrgToken,
  CreateUserInvite,
  Lobby,
  LobbyV3,
  OrgMember,
  OrgToken,
  PendingOrgInvite,
  UpdateUserInvite,
} from '../generated/types.ts'

export * from '../generated/types.ts'

export type CreateOrgTokenScopes = NonNullable<CreateOrgToken['scopes']>
export type CreateUserInviteScopes = NonNullable<CreateUserInvite['scopes']>
export type UpdateUserInviteScopes = NonNullable<UpdateUserInvite['scopes']>
export type OrgMemberScopes = NonNullable<OrgMember['scopes']>
export type PendingOrgInviteScopes = NonNullable<PendingOrgInvite['scopes']>
export type Scopes = NonNullable<OrgToken['scopes']>
export type CreatedBy = Lobby['createdBy']
export type LobbyV3CreatedBy = LobbyV3['createdBy']
export interface Security {
  hathoraDevToken?: string | undefined
}
