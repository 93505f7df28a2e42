/** The official client's calls around processes, rooms and players, in all versions. */
import type { Call, Known } from './known.ts'

const player = ({ playerToken }: Known) => ({ playerAuth: playerToken })
const oldLobby = { region: 'Seattle', initialConfig: { map: 'arena' } } as const

export const playingCalls = {
  GetLatestProcesses: (c, it) =>
    c.processesV3.getLatestProcesses(it.appId, ['running'], [it.region]),
  GetProcessesCountExperimental: (c, it) =>
    c.processesV3.getProcessesCountExperimental(it.appId, ['running'], [it.region]),
  CreateProcess: (c, it) => c.processesV3.createProcess(it.region, it.appId),
  GetProcess: (c, it) => c.processesV3.getProcess(it.processId, it.appId),
  GetProcessMetrics: (c, it) =>
    c.processesV3.getProcessMetrics({ processId: it.processId, appId: it.appId, step: 60 }),
  StopProcess: (c, it) => c.processesV3.stopProcess(it.processId, it.appId),

  GetLatestProcessesV2Deprecated: (c, it) =>
    c.processesV2.getLatestProcessesV2Deprecated(it.appId, ['running'], [it.region]),
  GetProcessesCountExperimentalV2Deprecated: (c, it) =>
    c.processesV2.getProcessesCountExperimentalV2Deprecated(it.appId, ['running'], [it.region]),
  CreateProcessV2Deprecated: (c, it) =>
    c.processesV2.createProcessV2Deprecated(it.region, it.appId),
  GetProcessInfoV2Deprecated: (c, it) =>
    c.processesV2.getProcessInfoV2Deprecated(it.processId, it.appId),
  StopProcessV2Deprecated: (c, it) => c.processesV2.stopProcessV2Deprecated(it.processId, it.appId),

  GetRunningProcesses: (c, it) => c.processesV1.getRunningProcesses(it.appId, it.region),
  GetStoppedProcesses: (c, it) => c.processesV1.getStoppedProcesses(it.appId, it.region),
  GetProcessInfoDeprecated: (c, it) =>
    c.processesV1.getProcessInfoDeprecated(it.processId, it.appId),

  GetMetricsDeprecated: (c, it) =>
    c.metricsV1.getMetricsDeprecated({ processId: it.processId, appId: it.appId, step: 60 }),
  GetLogsForProcess: (c, it) => c.logsV1.getLogsForProcess(it.processId, it.appId, false, 100),
  DownloadLogForProcess: (c, it) => c.logsV1.downloadLogForProcess(it.processId, it.appId),

  CreateRoom: (c, it) =>
    c.roomsV2.createRoom({ region: it.region, roomConfig: '{}' }, it.appId, it.fresh),
  GetRoomInfo: (c, it) => c.roomsV2.getRoomInfo(it.roomId, it.appId),
  GetConnectionInfo: (c, it) => c.roomsV2.getConnectionInfo(it.roomId, it.appId),
  GetActiveRoomsForProcess: (c, it) => c.roomsV2.getActiveRoomsForProcess(it.processId, it.appId),
  GetInactiveRoomsForProcess: (c, it) =>
    c.roomsV2.getInactiveRoomsForProcess(it.processId, it.appId),
  UpdateRoomConfig: (c, it) =>
    c.roomsV2.updateRoomConfig(it.roomId, { roomConfig: '{"round":2}' }, it.appId),
  SuspendRoomV2Deprecated: (c, it) => c.roomsV2.suspendRoomV2Deprecated(it.roomId, it.appId),
  ResumeRoom: (c, it) => c.roomsV2.resumeRoom(it.roomId, it.appId),
  DestroyRoom: (c, it) => c.roomsV2.destroyRoom(it.roomId, it.appId),

  CreateRoomDeprecated: (c, it) =>
    c.roomsV1.createRoomDeprecated({ region: it.region }, it.appId, it.fresh),
  GetRoomInfoDeprecated: (c, it) => c.roomsV1.getRoomInfoDeprecated(it.roomId, it.appId),
  GetConnectionInfoDeprecated: (c, it) =>
    c.roomsV1.getConnectionInfoDeprecated(it.roomId, it.appId),
  GetActiveRoomsForProcessDeprecated: (c, it) =>
    c.roomsV1.getActiveRoomsForProcessDeprecated(it.processId, it.appId),
  GetInactiveRoomsForProcessDeprecated: (c, it) =>
    c.roomsV1.getInactiveRoomsForProcessDeprecated(it.processId, it.appId),
  SuspendRoomDeprecated: (c, it) => c.roomsV1.suspendRoomDeprecated(it.roomId, it.appId),
  DestroyRoomDeprecated: (c, it) => c.roomsV1.destroyRoomDeprecated(it.roomId, it.appId),

  LoginAnonymous: (c, it) => c.authV1.loginAnonymous(it.appId),
  LoginNickname: (c, it) => c.authV1.loginNickname({ nickname: it.fresh }, it.appId),
  LoginGoogle: (c, it) => c.authV1.loginGoogle({ idToken: it.idToken }, it.appId),

  CreateLobby: (c, it) =>
    c.lobbiesV3.createLobby(
      player(it),
      { visibility: 'public', region: it.region, roomConfig: '{}' },
      it.appId,
      it.shortCode,
      it.fresh,
    ),
  ListActivePublicLobbies: (c, it) => c.lobbiesV3.listActivePublicLobbies(it.appId, it.region),
  GetLobbyInfoByRoomId: (c, it) => c.lobbiesV3.getLobbyInfoByRoomId(it.roomId, it.appId),
  GetLobbyInfoByShortCode: (c, it) => c.lobbiesV3.getLobbyInfoByShortCode(it.shortCode, it.appId),

  CreateLobbyDeprecated: (c, it) =>
    c.lobbiesV2.createLobbyDeprecated(
      player(it),
      { ...oldLobby, visibility: 'public' },
      it.appId,
      it.fresh,
    ),
  CreatePublicLobby: (c, it) =>
    c.lobbiesV2.createPublicLobby(player(it), oldLobby, it.appId, it.fresh),
  CreatePrivateLobby: (c, it) =>
    c.lobbiesV2.createPrivateLobby(player(it), oldLobby, it.appId, it.fresh),
  CreateLocalLobby: (c, it) =>
    c.lobbiesV2.createLocalLobby(player(it), oldLobby, it.appId, it.fresh),
  ListActivePublicLobbiesDeprecatedV2: (c, it) =>
    c.lobbiesV2.listActivePublicLobbiesDeprecatedV2(it.appId, it.region),
  GetLobbyInfo: (c, it) => c.lobbiesV2.getLobbyInfo(it.roomId, it.appId),
  SetLobbyState: (c, it) => c.lobbiesV2.setLobbyState(it.roomId, { state: { round: 2 } }, it.appId),

  CreatePublicLobbyDeprecated: (c, it) =>
    c.lobbiesV1.createPublicLobbyDeprecated(player(it), it.appId, it.region),
  CreatePrivateLobbyDeprecated: (c, it) =>
    c.lobbiesV1.createPrivateLobbyDeprecated(player(it), it.appId, it.region),
  ListActivePublicLobbiesDeprecatedV1: (c, it) =>
    c.lobbiesV1.listActivePublicLobbiesDeprecatedV1(it.appId, false, it.region),
} satisfies Record<string, Call>
