/** What a test does to the fake games that run, and how the next ones start. Each call resolves when the server knows. */
import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { FakeDriver, FakePlace } from '@hatchery/server'

/**
 * `ready`: binds its port at once. `waiting`: runs, and binds its port when `ready` is called. `failing`: does not
 * start, for good. `busy`: does not start for now, and is tried again.
 */
export type GameStart = 'ready' | 'waiting' | 'failing' | 'busy'

/** A process id that no game has is an Error. */
export interface Games {
  /** How games start from now on; `ready` at first. */
  startAs(how: GameStart): void
  /**
   * The process id of the oldest game that no call of `next` answered yet; waits for one that is about to be asked for.
   * Rejects after 10 s.
   */
  next(): Promise<string>
  /** Has a waiting game bind its port: players can connect. */
  ready(processId: string): Promise<void>
  /** Has a game end by itself; 0 when no exit code is given. */
  exit(processId: string, exitCode?: number): Promise<void>
  /** Has a game end by a signal, SIGSEGV when none is given. */
  crash(processId: string, signal?: string): Promise<void>
  /** Has a game write a line, which is in its log. */
  print(processId: string, line: string): Promise<void>
  /** Says how many players are connected, which idle games are ended by. */
  connect(processId: string, players: number): Promise<void>
  /** The environment that a game was started with, `HATCHERY_PROCESS_TOKEN` and its ports among it. */
  environment(processId: string): Promise<Readonly<Record<string, string>>>
  /** The process ids of the games that are alive, the oldest first. */
  alive(): Promise<string[]>
}

export interface GamesOptions {
  readonly place: FakePlace
  readonly driver: () => FakeDriver
  readonly settled: () => Promise<void>
  /** The folder that has a file `<processId>.log` for each game. */
  readonly logs: string
}

export function createGames({ place, driver, settled, logs }: GamesOptions): Games {
  /** A game that was just asked for is about to start; what is done to it is seen before anyone goes on. */
  async function change(processId: string, act: () => unknown): Promise<void> {
    await known(processId)
    await act()
    await settled()
  }

  async function known(processId: string) {
    await settled()
    const run = place.runs.get(processId)
    if (run !== undefined) return run
    const ids = [...place.runs.keys()].join(', ')
    throw new Error(`no game runs as process ${processId}; there are: ${ids || 'none'}`)
  }

  const answered = new Set<string>()

  async function next(): Promise<string> {
    const deadline = performance.now() + patienceMs
    for (;;) {
      const found = [...place.runs.keys()].find((processId) => !answered.has(processId))
      if (found !== undefined) {
        answered.add(found)
        return found
      }
      if (performance.now() > deadline) throw new Error(`no game started within ${patienceMs} ms`)
      await pause(betweenLooksMs)
    }
  }

  return {
    next,
    startAs: (how) => {
      place.habits = habits[how]
    },
    ready: (processId) => change(processId, () => driver().bind(processId)),
    exit: (processId, exitCode = 0) =>
      change(processId, () => driver().exit(processId, { kind: 'code', code: exitCode })),
    crash: (processId, signal = 'SIGSEGV') =>
      change(processId, () => driver().exit(processId, { kind: 'signal', signal })),
    print: (processId, line) =>
      change(processId, () => appendFile(join(logs, `${processId}.log`), `${line}\n`)),
    connect: (processId, players) => change(processId, () => driver().connect(processId, players)),
    environment: async (processId) => (await known(processId)).spec.env,
    async alive() {
      await settled()
      return [...place.runs].flatMap(([processId, { end }]) => (end === null ? [processId] : []))
    },
  }
}

const patienceMs = 10_000
const betweenLooksMs = 5

/** As the fake driver reads them; see its `behaviourOf`. */
const habits: Readonly<Record<GameStart, Readonly<Record<string, string>>>> = {
  ready: {},
  waiting: { FAKE_START: 'never-binds' },
  failing: { FAKE_START: 'error' },
  busy: { FAKE_START: 'temporary-error' },
}
