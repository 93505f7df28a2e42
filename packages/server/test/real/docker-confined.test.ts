/** What a game in a container may not do, seen from inside of it. */
import { describe, expect, test } from 'vitest'
import { engineHindrance } from '../support/docker/engine-process.ts'
import { gameImage } from '../support/docker/game-image.ts'
import { sharedEngine } from '../support/docker/shared-engine.ts'
import { textOf } from '../support/upload.ts'
import { deployed, openPlayground, running, stopped } from './playground.ts'

const hindrance = engineHindrance()

/** Tells what it may do, then plays. */
const script = [
  'busybox grep -E "^(Cap(Prm|Eff|Bnd|Amb)|NoNewPrivs)" /proc/self/status',
  'echo pids $(busybox cat /sys/fs/cgroup/pids/pids.max 2>/dev/null || busybox cat /sys/fs/cgroup/pids.max)',
  '(echo a >/tmp/a) 2>/dev/null && echo wrote /tmp',
  '(echo a >/a) 2>/dev/null && echo wrote /',
  'busybox chown 7 /tmp/a 2>/dev/null && echo gave a file away',
  'exec perl /game.pl',
].join('\n')

const Dockerfile = [
  ...[`FROM ${gameImage}`, 'COPY tell /tell', 'RUN busybox mkdir -p /tmp'],
  'CMD ["/bin/sh", "/tell"]\n',
].join('\n')

describe.skipIf(hindrance !== undefined)(`a game in a container ${hindrance ?? ''}`, () => {
  async function toldWith(...flags: string[]): Promise<string[]> {
    const { url, client } = await sharedEngine()
    client.close()
    const place = await openPlayground('--docker', `--containers-engine=${url}`, ...flags)
    await deployed(place, { Dockerfile, tell: script })
    const { processId } = await running(place)
    await stopped(place, processId)
    const log = await textOf(await place.cloud.logsV1.downloadLogForProcess(processId))
    return log.trim().split(/\n/)
  }

  test('has no capability, gets none, and starts so many processes and no more', async () => {
    const told = await toldWith()
    const none = '0000000000000000'
    const zero = ['CapPrm', 'CapEff', 'CapBnd', 'CapAmb'].map((name) => `${name}:\t${none}`)
    expect(told).toEqual([
      ...[...zero, 'NoNewPrivs:\t1', 'pids 4096', 'wrote /tmp', 'wrote /', 'started'],
    ])
  })

  test('writes to /tmp alone where that is wished', async () => {
    const told = await toldWith('--containers-read-only-root')
    expect(told).toContain('wrote /tmp')
    expect(told).not.toContain('wrote /')
  })
})
