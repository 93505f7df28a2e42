import { readFileSync, writeFileSync } from 'node:fs'
import type { ProcessSpec } from '../../../src/domain/driver.ts'
import { type LocalPlace, aLocalPlace, leftBehind } from '../../drivers/support/local-place.ts'
import { freePort } from '../../drivers/support/free-port.ts'
import { until } from '../../drivers/support/until.ts'
import { type DriverPlace, type GameWish, describeDriver } from './driver-conformance.ts'

describeDriver(`the local driver as ${process.getuid?.() === 0 ? 'root' : 'a user'}`, async () =>
  placeOver(await aLocalPlace()),
)

const placeOver = (place: LocalPlace): DriverPlace => ({
  driver: place.driver,
  restart: place.restart,
  stranger: async () => place.another({ installationId: 'installation-2' }),
  spec: async (wish = {}) => place.spec(await specWishOf(wish)),
  endOutside: async (spec: ProcessSpec, code) => {
    writeFileSync(place.home(spec, 'exit-now'), String(code))
    const exit = `${place.dataFolder}/run/${spec.processId}/exit`
    await until('its end is written', () => readOrEmpty(exit).endsWith('\n'))
  },
  timesStarted: async (spec) => readOrEmpty(place.work(spec, 'started')).split('\n').length - 1,
  leftBehind: async (spec) => leftBehind(place.dataFolder, spec),
  close: place.close,
})

async function specWishOf(wish: GameWish) {
  const { transport = 'udp', processId, installationId } = wish
  const elsewhere = wish.binds === 'another port' ? { GAME_PORT: String(await freePort()) } : {}
  return {
    transport,
    ...(processId !== undefined && { processId }),
    ...(installationId !== undefined && { installationId }),
    env: { GAME_TRANSPORT: transport, GAME_DOES: doesOf(wish), ...elsewhere },
  }
}

function doesOf(wish: GameWish): string {
  if (wish.exitCode !== undefined) return `exit ${wish.exitCode}`
  if (wish.exitsBySignal !== undefined) return `die ${wish.exitsBySignal}`
  if (wish.ignoresTerminate === true) return 'ignore'
  return wish.binds === 'nothing' ? 'bind nothing' : ''
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
