/** Which command helps after an error of the API: by its code, or by operation and code. A test parses each of them. */

/** By the codes of the API's errors. `HELP` stands for the help of the command that was typed. */
export const adviceByCode: Readonly<Record<string, string>> = {
  'not-now': 'hatchery status',
  unauthenticated: 'hatchery login',
  'missing-scope': 'hatchery whoami',
  'limit-reached': 'hatchery usage',
  'not-found': 'hatchery ps',
  timeout: 'hatchery status',
  gone: 'hatchery ps',
  invalid: 'HELP',
  taken: 'HELP',
  'rate-limited': 'hatchery status',
  'no-capacity': 'hatchery node list',
  'header-too-large': 'HELP',
  'driver-failed': 'hatchery doctor',
  internal: 'hatchery doctor',
  unavailable: 'hatchery status',
}

export const adviceByOperation: Readonly<Record<string, string>> = {
  'CreateProcess not-found': 'hatchery deploy .',
  'CreateRoom not-found': 'hatchery deploy .',
  'GetLatestDeployment not-found': 'hatchery deploy .',
  'CreateProcess invalid': 'hatchery region list',
  'CreateRoom invalid': 'hatchery region list',
  'GetApp not-found': 'hatchery app list',
  'GetBuild not-found': 'hatchery build list',
  'DeleteBuild not-found': 'hatchery build list',
  'GetDeployment not-found': 'hatchery deployment list',
  'GetRoomInfo not-found': 'hatchery room list',
  'GetConnectionInfo not-found': 'hatchery room list',
  'DestroyRoom not-found': 'hatchery room list',
  'ResumeRoom not-found': 'hatchery room list',
  'GetLobbyInfoByRoomId not-found': 'hatchery lobby list',
  'DrainNode not-found': 'hatchery node list',
  'ResumeNode not-found': 'hatchery node list',
  'RevokeOrgToken not-found': 'hatchery token list',
  'ChangeMember not-found': 'hatchery member list',
  'RemoveMember not-found': 'hatchery member list',
  'CreatePersonalLink not-found': 'hatchery invite list',
  'RescindInvite not-found': 'hatchery invite list',
  'AcceptInvite not-found': 'hatchery invite list --mine',
  'RejectInvite not-found': 'hatchery invite list --mine',
  'ChangeOrg not-found': 'hatchery org list',
}

export const adviceFor = (operation: string, code: string | undefined): string | undefined =>
  code === undefined ? undefined : (adviceByOperation[`${operation} ${code}`] ?? adviceByCode[code])
