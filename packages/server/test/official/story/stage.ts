/** Where the story plays: a server with real processes, the official client, and what the studio knows so far. */
import type { HathoraCloud } from '@hathora/cloud-sdk-typescript'
import { onTestFinished } from 'vitest'
import { killRunsIn, ownPorts } from '../../real/playground.ts'
import { type IdentityProvider, startIdentityProvider } from '../../support/identity-provider.ts'
import { type TestHatchery, startHatchery } from '../../support/start-hatchery.ts'
import { tarball } from '../../support/tarball.ts'
import { type AnswerOf, type Call, type OfficialId, calls } from '../calls.ts'
import type { Known } from '../known.ts'
import { freshName, officialClient } from '../setting.ts'
import { nothingKnown } from '../strange-things.ts'

/** What a call needs beside what is known, and who calls where it is not the studio's admin. */
interface Given extends Partial<Known> {
  readonly as?: HathoraCloud
}

export interface Stage {
  readonly hatchery: TestHatchery
  readonly provider: IdentityProvider
  /** What has been learned: ids, tokens. */
  readonly known: { -readonly [Name in keyof Known]: Known[Name] }
  /** The operations that were called and answered. */
  readonly called: ReadonlySet<string>
  ask<Id extends OfficialId>(id: Id, given?: Given): Promise<AnswerOf<Id>>
}

const game = `
import { createSocket } from 'node:dgram'
const socket = createSocket('udp4', (message, { port, address }) => socket.send(message, port, address))
socket.bind(Number(process.env.PORT), () => console.log('the arena is open'))
`

/** A game server that answers what it hears. */
export const archive = new Uint8Array(
  tarball({ Procfile: 'server: exec "$HATCHERY_NODE" server.mjs\n', 'server.mjs': game }),
)

export async function openStage(...flags: string[]): Promise<Stage> {
  const provider = await startIdentityProvider()
  const hatchery = await startHatchery({
    driver: 'local',
    flags: [
      ...[...ownPorts(), '--limits-grace-seconds=1', '--limits-settle-seconds=1'],
      ...['--metrics-sample-seconds=1', `--google-keys-url=${provider.keysUrl}`],
      ...flags,
    ],
  })
  onTestFinished(() => killRunsIn(hatchery.data))
  const studio = officialClient(hatchery.url, hatchery.token)
  const known = { ...nothingKnown, archive, idToken: await provider.idToken() }
  const called = new Set<string>()
  return {
    ...{ hatchery, provider, known, called },
    async ask(id, { as = studio, ...given } = {}) {
      const call: Call = calls[id]
      const answer = await call(as, { ...known, fresh: freshName(), ...given })
      called.add(id)
      return answer as AnswerOf<typeof id> // what the call of this id answers
    },
  }
}
