/** The program that `product.ts` starts. */
import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { createLog, readConfig, startServer } from '../../packages/server/src/index.ts'
import { createFakeDriver } from '../../packages/server/src/drivers/fake/index.ts'
import { systemClock } from '../../packages/server/src/domain/clock.ts'
import type { Log } from '../../packages/server/src/domain/log.ts'
import { answer, argumentOf, serveQuestions, tell } from './child-side.ts'
import { killGamesBelow } from './games-end.ts'
import { loopQuestions } from './loop-monitor.ts'
import { type ProcessChange, type ProductOptions, monotonicMs } from './product.ts'

const {
  data,
  driver,
  flags = [],
  ballastMb = 0,
  tellsChanges = false,
} = argumentOf<ProductOptions>()

/** Written to, so that the kernel really gives the pages. */
const ballast = Array.from({ length: ballastMb }, () => Buffer.alloc(1_048_576, 1))

const log = createLog('info', 1)
const server = await startServer({
  config: readConfig({
    argv: [`--data=${data}`, '--port=0', '--disk-min-free-mb=0', '--capacity-overcommit', ...flags],
    ...{ env: {}, cwd: data, isRoot: process.getuid?.() === 0 },
  }),
  version: '0.0.0-bench',
  log: tellsChanges ? overheard(log) : log,
  ...(driver === 'fake' && {
    driver: createFakeDriver({ clock: systemClock, leasesPorts: false }),
  }),
})

/** Games outlive their server, and nobody else is left to end them when the bench itself was killed. */
process.once('disconnect', () => killGamesBelow(dirname(data)))
serveQuestions(
  {
    ...loopQuestions(),
    /** Answers the KB that JavaScript holds when what is garbage has gone. */
    async collect() {
      globalThis.gc?.()
      await nextTurn() // what JavaScript let go of goes with its finalizers
      globalThis.gc?.()
      const { heapUsed, external } = process.memoryUsage()
      return (heapUsed + external) / 1_024
    },
    settled: () => server.settled().then(() => ballast.length),
  },
  () => server.close(),
)
answer({
  port: server.port,
  url: server.address,
  token: readFileSync(server.tokenFile, 'utf8').trim(),
})

/** The log as it is, and what it says about processes told to the bench: once a turn, to cost little. */
function overheard(log: Log): Log {
  let changes: ProcessChange[] = []
  const flush = (): void => {
    tell({ changes })
    changes = []
  }
  return {
    ...{ warn: log.warn.bind(log), error: log.error.bind(log) },
    info(fields, message) {
      log.info(fields, message)
      const { event, processId } = fields
      if (typeof event !== 'string' || typeof processId !== 'string') return
      if (changes.push({ event, processId, atMs: monotonicMs() }) === 1) setImmediate(flush)
    },
  }
}
