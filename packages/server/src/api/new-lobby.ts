/** A lobby as every version of the API makes one: a room on the newest deployment, and what makes it a lobby. */
import { randomInt } from 'node:crypto'
import type { LobbyVisibility } from '@hatchery/contract'
import type { Lobby } from '../domain/lobby.ts'
import type { Services } from './context.ts'
import { assertNoZeroByte } from './explain.ts'
import { assertRegion, getLatestDeployment } from './find.ts'
import { placing } from './new-process.ts'
import type { PlayerAuth } from './player-auth.ts'
import { newRoomId } from './room-id.ts'
import { tellPlaced } from './rooms-v2/placed.ts'

export interface LobbyOrder {
  readonly visibility: LobbyVisibility
  readonly region: string
  readonly roomConfig: string | null
  /** Made up where left out. */
  readonly roomId: string | undefined
  readonly shortCode: string | undefined
}

interface Asker {
  readonly services: Services
  readonly auth: PlayerAuth
}

export async function makeLobby({ services, auth }: Asker, order: LobbyOrder): Promise<Lobby> {
  const { application, player } = auth
  const { visibility, region, roomConfig, roomId, shortCode } = order
  assertRegion({ services }, region)
  assertNoZeroByte('body.roomConfig', roomConfig ?? '')
  const deployment = await getLatestDeployment({ services }, application)
  const { request, places } = await placing(services, { application, deployment, region })
  const placed = await services.store.createLobby(
    {
      ...{ visibility, region, roomConfig },
      roomId: roomId ?? newRoomId(),
      isChosen: roomId !== undefined,
      roomAllocationId: services.uuid(),
      shortCodes: shortCode === undefined ? newShortCodes() : [shortCode],
      isCodeChosen: shortCode !== undefined,
      createdBy: player.id,
      mostPerHour: services.lobbiesPerHour,
    },
    request,
    places,
  )
  tellPlaced(services, placed)
  return placed.lobby
}

/** Without D, I, O and Q, which look like others. */
const capitals = 'ABCEFGHJKLMNPRSTUVWXYZ'

/** Short ones first; longer ones are for applications that have very many. */
function newShortCodes(): [string, ...string[]] {
  return [newCode(4), newCode(4), newCode(4), newCode(5), newCode(6)]
}

const newCode = (length: number): string =>
  Array.from({ length }, () => capitals.charAt(randomInt(capitals.length))).join('')
