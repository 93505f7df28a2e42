/** Statuses that the published API lists and Hatchery never answers, with the reason. */
import type { OfficialId } from './calls.ts'

export const reasons = {
  a: 'all bad input is 422 here',
  b: 'needs no token, and the official client sends none',
  c: 'creates nothing, so no limit is reached',
  d: 'only a bug of the server is 500',
  e: 'answered, but the official client 2.25.6 does not know it and throws an SDKError',
  g: 'names nothing that could not be there',
} as const

export type Reason = keyof typeof reasons

export const never: Readonly<Record<number, Partial<Record<OfficialId, Reason>>>> = {
  400: {
    CreateBuild: 'a',
    CreateBuildRegistry: 'a',
    CreateWithMultipartUploadsV2Deprecated: 'a',
    CreateRoomDeprecated: 'a',
    GetConnectionInfoDeprecated: 'a',
    CreateDeployment: 'a',
    CreateDeploymentV2Deprecated: 'a',
    CreateDeploymentV1Deprecated: 'a',
    CreateRoom: 'a',
    ResumeRoom: 'a',
    GetConnectionInfo: 'a',
    CreateLobby: 'a',
    CreateLobbyDeprecated: 'a',
    CreatePrivateLobby: 'a',
    CreatePublicLobby: 'a',
    CreateLocalLobby: 'a',
    CreatePrivateLobbyDeprecated: 'a',
    CreatePublicLobbyDeprecated: 'a',
  },
  401: {
    ListActivePublicLobbies: 'b',
    ListActivePublicLobbiesDeprecatedV2: 'b',
    SendVerificationEmail: 'b',
  },
  402: {
    GetConnectionInfo: 'c',
    GetConnectionInfoDeprecated: 'c',
  },
  404: {
    CreateAppV1Deprecated: 'g',
    GetOrgs: 'g',
  },
  422: {
    GetDeployments: 'e',
    GetLobbyInfoByShortCode: 'e',
  },
}
