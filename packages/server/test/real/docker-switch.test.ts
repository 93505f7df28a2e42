/** A data folder that is used with processes of the machine, then with containers, and the reverse. */
import { describe, expect, test } from 'vitest'
import { engineHindrance } from '../support/docker/engine-process.ts'
import { gameImage } from '../support/docker/game-image.ts'
import { sharedEngine } from '../support/docker/shared-engine.ts'
import { textOf } from '../support/upload.ts'
import { deployed, openPlayground, reopened, running, stopped } from './playground.ts'

const hindrance = engineHindrance()

const both = {
  Dockerfile: `FROM ${gameImage}\n`,
  Procfile: 'server: ./server\n',
  server: `#!/bin/sh
echo started
exec perl -e 'socket S,2,2,0; bind S, pack("Sna4x8",2,$ENV{PORT},"\\0\\0\\0\\0"); sleep 600'
`,
}

describe.skipIf(hindrance !== undefined)(`a data folder ${hindrance ?? ''}`, () => {
  test.each([
    ['processes', 'containers', 'a Dockerfile'],
    ['containers', 'processes', 'a Procfile'],
  ])(
    'of %s that is opened for %s keeps what runs until it ends, and says what cannot start',
    async (first, _then, needs) => {
      const { url, client } = await sharedEngine()
      client.close()
      const place = await openPlayground(
        `--containers-engine=${url}`,
        `--docker=${first === 'containers'}`,
      )
      const before = place.hatchery.flags
      const after = before.map((flag) =>
        flag.startsWith('--docker=') ? `--docker=${first !== 'containers'}` : flag,
      )
      await deployed(place, both)
      const [kept, asked] = await Promise.all([running(place), running(place)])

      const later = await reopened(place, after)
      const seen = await later.cloud.processesV3.getProcess(kept.processId)
      expect(seen).toMatchObject({ status: 'running', exposedPort: kept.exposedPort })
      const end = await stopped(later, asked.processId)
      expect(end.summaryExitReason).toBe('stopped on request')
      const log = await textOf(await later.cloud.logsV1.downloadLogForProcess(asked.processId))
      expect(log).toBe('started\n')
      await expect(later.cloud.processesV3.createProcess('Seattle')).rejects.toThrow(
        new RegExp(`cannot run in region Seattle, which needs ${needs} .* create another build`),
      )

      await deployed(later, both)
      const fresh = await running(later)
      const last = await reopened(later, before)
      for (const { processId } of [kept, fresh]) await stopped(last, processId)
    },
  )
})
