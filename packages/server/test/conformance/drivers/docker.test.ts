import { describe, test } from 'vitest'
import { freePort } from '../../drivers/support/free-port.ts'
import { type DockerPlace, aDockerPlace } from '../../support/docker/docker-place.ts'
import { engineHindrance } from '../../support/docker/engine-process.ts'
import { remoteEngine } from '../../support/docker/shared-engine.ts'
import { type DriverPlace, type GameWish, describeDriver } from './driver-conformance.ts'

const hindrance = engineHindrance()

if (hindrance === undefined) {
  for (const network of ['bridge', 'host'] as const) {
    describeDriver(`the Docker driver with a network of mode ${network}`, async () =>
      conforming(await aDockerPlace(network)),
    )
  }
  for (const line of ['plain', 'TLS'] as const) {
    describeDriver(`the Docker driver with an engine over ${line} TCP`, async () => {
      const engine = await remoteEngine(`conformance-${line}`, line)
      const place = await aDockerPlace('bridge', engine)
      const close = async (): Promise<void> => {
        await place.close().finally(engine.remove)
      }
      return { ...conforming(place), close }
    })
  }
} else {
  describe('the Docker driver', () => {
    test('does what every driver does', (context) => context.skip(hindrance))
  })
}

const conforming = (place: DockerPlace): DriverPlace => ({
  ...place,
  stranger: async () => place.stranger(),
  spec: async (wish = {}) => await place.spec(await specWishOf(wish)),
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
  if (wish.exitsBySignal !== undefined) return `die ${wish.exitsBySignal.replace('SIG', '')}`
  if (wish.ignoresTerminate === true) return 'ignore'
  return wish.binds === 'nothing' ? 'bind nothing' : ''
}
