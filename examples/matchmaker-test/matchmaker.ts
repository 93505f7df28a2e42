/** Brings players together: as many as a match takes get the address of a game of their own. */
import { type Hatchery, ProcessEndedError } from '@hatchery/client'

export interface Match {
  readonly roomId: string
  readonly host: string
  readonly port: number
}

export interface MatchmakerOptions {
  /** With the application's id. */
  readonly hatchery: Hatchery
  readonly region: 'Seattle' | 'Frankfurt' | 'Tokyo'
  readonly playersPerMatch: number
}

const mostTries = 3

export function createMatchmaker({ hatchery, region, playersPerMatch }: MatchmakerOptions) {
  let waiting: PromiseWithResolvers<Match>[] = []

  /** Resolves when the match is full and its game is ready; rejects when no game comes up. */
  function join(): Promise<Match> {
    const player = Promise.withResolvers<Match>()
    waiting.push(player)
    if (waiting.length === playersPerMatch) {
      const players = waiting
      waiting = []
      const match = startMatch(mostTries)
      for (const { resolve } of players) resolve(match)
    }
    return player.promise
  }

  /** A game that ends before it was ready is tried again elsewhere. */
  async function startMatch(tries: number): Promise<Match> {
    const { roomId, processId } = await hatchery.roomsV2.createRoom({ region })
    try {
      const { exposedPort } = await hatchery.waitUntilRunning(processId)
      if (!exposedPort) throw new Error(`game ${processId} runs without a port`)
      return { roomId, host: exposedPort.host, port: exposedPort.port }
    } catch (error) {
      if (!(error instanceof ProcessEndedError) || tries === 1) throw error
      return await startMatch(tries - 1)
    }
  }

  return { join }
}
