/** What a player's game calls: logins, lobbies, and where a room is. It never has the token of an organization. */
import { createPauses } from './pause.ts'
import { RequestTimeoutError } from './errors.ts'
import { AuthV1 } from './generated/auth-v1.ts'
import { DiscoveryV2 } from './generated/discovery-v2.ts'
import { LobbiesV3 } from './generated/lobbies-v3.ts'
import { RoomsV2 } from './generated/rooms-v2.ts'
import type {
  ConnectionInfoV2,
  CreateLobbyV3Params,
  LobbyV3,
  PingEndpoints,
  PlayerTokenObject,
  Region,
} from './generated/types.ts'
import type { HatcheryOptions, RequestOptions } from './options.ts'
import { createSender } from './sender.ts'

/** The application is needed; a token of the organization has no place here. */
export type PlayerOptions = Omit<HatcheryOptions, 'hathoraDevToken' | 'orgId' | 'appId'> & {
  appId: string
}

/** How a new lobby is called, where the caller says so. */
export interface LobbyNames extends RequestOptions {
  shortCode?: string | undefined
  roomId?: string | undefined
}

export interface ConnectableOptions extends RequestOptions {
  /** Milliseconds to wait in all: 60,000. */
  waitMs?: number | undefined
}

/** Calls without a token, and those of a player with the token that a login answered. */
export class HatcheryPlayer {
  readonly #appId: string
  readonly #auth: AuthV1
  readonly #lobbies: LobbiesV3
  readonly #rooms: RoomsV2
  readonly #discovery: DiscoveryV2

  constructor(options: PlayerOptions) {
    const sender = createSender({ ...options, hathoraDevToken: undefined })
    this.#appId = options.appId
    this.#auth = new AuthV1(sender)
    this.#lobbies = new LobbiesV3(sender)
    this.#rooms = new RoomsV2(sender)
    this.#discovery = new DiscoveryV2(sender)
  }

  /** A token of a new player without a name. */
  loginAnonymous(options?: RequestOptions): Promise<PlayerTokenObject> {
    return this.#auth.loginAnonymous(this.#appId, options)
  }

  /** A token of a player who calls himself so. Nobody checks it: it is no identity. */
  loginNickname(nickname: string, options?: RequestOptions): Promise<PlayerTokenObject> {
    return this.#auth.loginNickname({ nickname }, this.#appId, options)
  }

  /** A token of the player whom Google's token names. */
  loginGoogle(idToken: string, options?: RequestOptions): Promise<PlayerTokenObject> {
    return this.#auth.loginGoogle({ idToken }, this.#appId, options)
  }

  /** `token` is what a login answered. Under a `roomId` of one's own it may be repeated. */
  createLobby(token: string, lobby: CreateLobbyV3Params, names: LobbyNames = {}): Promise<LobbyV3> {
    const { shortCode, roomId, ...options } = names
    const security = { playerAuth: token }
    return this.#lobbies.createLobby(security, lobby, this.#appId, shortCode, roomId, options)
  }

  /** Those that anybody may join, in one region or all. */
  publicLobbies(region?: Region, options?: RequestOptions): Promise<LobbyV3[]> {
    return this.#lobbies.listActivePublicLobbies(this.#appId, region, options)
  }

  /** The lobby that a friend told the code of. */
  lobbyByShortCode(shortCode: string, options?: RequestOptions): Promise<LobbyV3> {
    return this.#lobbies.getLobbyInfoByShortCode(shortCode, this.#appId, options)
  }

  lobbyByRoomId(roomId: string, options?: RequestOptions): Promise<LobbyV3> {
    return this.#lobbies.getLobbyInfoByRoomId(roomId, this.#appId, options)
  }

  /** Where to measure how far each region is. */
  pingEndpoints(options?: RequestOptions): Promise<PingEndpoints[]> {
    return this.#discovery.getPingServiceEndpoints(options)
  }

  /** Where a room is; `status` is `starting` while there is nowhere to connect to yet. */
  connectionInfo(roomId: string, options?: RequestOptions): Promise<ConnectionInfoV2> {
    return this.#rooms.getConnectionInfo(roomId, this.#appId, options)
  }

  /** Asks until a player can connect. Rejects with a RequestTimeoutError when that takes too long. */
  async waitUntilConnectable(
    roomId: string,
    { waitMs = 60_000, ...options }: ConnectableOptions = {},
  ): Promise<ConnectionInfoV2> {
    const endsAt = performance.now() + waitMs
    const pauses = createPauses()
    for (;;) {
      const found = await this.connectionInfo(roomId, options)
      if (found.status === 'active') return found
      if (performance.now() >= endsAt) {
        const problem = `room ${roomId} is ${found.status} after ${waitMs} ms`
        throw new RequestTimeoutError('GetConnectionInfo', problem)
      }
      await pauses.next(options.signal ?? undefined, undefined)
    }
  }
}
