import { existsSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { DriverError, ProcessSpec } from '../../src/domain/driver.ts'
import { contentHash } from './support/a-spec.ts'
import { type LocalPlace, aDataFolder, aLocalPlace } from './support/local-place.ts'
import { remoteDriver } from './support/remote-driver.ts'
import { until } from './support/until.ts'

interface Told {
  readonly status: string
  readonly env: Record<string, string>
  readonly cwd: string
}

const isRoot = process.getuid?.() === 0

describe.runIf(isRoot)('privileges of local processes of root', () => {
  let place: LocalPlace
  beforeAll(async () => {
    place = await aLocalPlace()
    const { stage } = await place.driver().capabilities()
    if (!stage.isolated) throw new Error('this machine does not let root isolate processes')
  })
  afterAll(() => place.close())

  const field = (told: Told, name: string): string =>
    new RegExp(`^${name}:[ \\t]*(.*)$`, 'm').exec(told.status)?.[1] ?? ''

  const told = async (spec: ProcessSpec): Promise<Told> => {
    const file = place.work(spec, 'told')
    const text = await until('it told', () => {
      // Empty, or a part of it, while it is being written.
      const now = existsSync(file) && readFileSync(file, 'utf8')
      return now !== false && now.endsWith('}') && now
    })
    return JSON.parse(text) as Told
  }

  /** What a shell command says, run as the game. */
  const said = async (command: string): Promise<string> => {
    const spec = await place.start({ command })
    await until('ended', async () => {
      return (await place.driver().observe(spec.processId)).state === 'ended'
    })
    return place.logOf(spec)
  }

  test('run as a user of their own, with no groups, capabilities or ways to get more', async () => {
    const spec = await place.start({ env: { GAME_DOES: 'tell' } })
    const seen = await told(spec)
    expect(field(seen, 'Uid')).toBe(Array(4).fill('200000').join('\t'))
    expect(field(seen, 'Gid')).toBe(Array(4).fill('200000').join('\t'))
    expect(field(seen, 'Groups').trim()).toBe('')
    for (const set of ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb']) {
      expect(field(seen, set)).toMatch(/^0+$/)
    }
    expect(field(seen, 'NoNewPrivs')).toBe('1')
  })

  test('each application has a user of its own, and keeps it', async () => {
    const uidOf = async (appId: string) => {
      const spec = await place.start({ appId, env: { GAME_DOES: 'tell' } })
      return field(await told(spec), 'Uid')
    }
    const first = await uidOf('app-1')
    const second = await uidOf('app-2')
    expect(second).not.toBe(first)
    await place.restart()
    expect(await uidOf('app-2')).toBe(second)
  })

  test('see fixed paths and exactly the environment that was meant for them', async () => {
    const env = { GAME_DOES: 'tell', SECRET: "it's\nsecret = $HOME", LD_BIND_NOW: '1' }
    const spec = await place.start({ env })
    const seen = await told(spec)
    expect(seen.cwd).toBe('/run/hatchery/work')
    const { PWD: _made, ...rest } = seen.env
    expect(rest).toEqual({
      PATH: '/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games',
      LANG: 'C.UTF-8',
      HOME: '/run/hatchery/home',
      TMPDIR: '/run/hatchery/tmp',
      USER: 'game',
      HATCHERY_NODE: '/run/hatchery/node',
      ...spec.env,
    })
  })

  test('a deployment may override what the place sets', async () => {
    const spec = await place.start({ env: { GAME_DOES: 'tell', HOME: '/tmp', LANG: 'C' } })
    expect((await told(spec)).env).toMatchObject({ HOME: '/tmp', LANG: 'C' })
  })

  test('secrets of the environment stand on no command line and in no file that others read', async () => {
    const spec = await place.start({ env: { SECRET: 'a-rare-secret-word' } })
    const lines = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => readOrEmpty(`/proc/${pid}/cmdline`))
    expect(lines.filter((line) => line.includes('a-rare-secret-word'))).toEqual([])
    const { mode } = statSync(join(place.dataFolder, 'run', spec.processId, 'spec.json'))
    expect(mode & 0o777).toBe(0o600)
  })

  test('cannot read the data folder', async () => {
    expect(await said(`ls ${place.dataFolder}`)).toMatch(/denied/)
  })

  test('can write their work, home and tmp, and each has its own', async () => {
    expect(
      await said('echo mine >file && cat file ~/../home/x; ls "$TMPDIR" && touch ~/x'),
    ).toMatch(/^mine/)
    expect(await said('ls ~ && ls work 2>&1; cat file')).not.toContain('mine')
  })

  test('what they write never reaches the build', async () => {
    const build = join(place.dataFolder, 'builds', contentHash)
    const before = readFileSync(join(build, 'game.mjs'), 'utf8')
    await said('echo broken >game.mjs; rm -f game.mjs; echo new >new; touch new-file')
    expect(readFileSync(join(build, 'game.mjs'), 'utf8')).toBe(before)
    expect(readdirSync(build)).toEqual(['game.mjs'])
  })

  test('the log belongs to the game and nobody else can read it', async () => {
    const spec = await place.start({ command: 'echo hello' })
    const { mode, uid } = statSync(join(place.dataFolder, 'logs', `${spec.processId}.log`))
    expect([mode & 0o777, uid]).toEqual([0o600, 200_000])
  })

  test('mounts are theirs alone', async () => {
    const spec = await place.start()
    await until('bound', async () => {
      const now = await place.driver().observe(spec.processId)
      return now.state === 'running' && now.boundAt !== null
    })
    expect(readFileSync('/proc/self/mountinfo', 'utf8')).not.toContain(spec.processId)
    for (const part of ['work', 'home', 'tmp']) {
      expect(readdirSync(`/run/hatchery/${part}`)).toEqual([])
    }
  })

  test('where users are not to be shared, root starts games all the same', async () => {
    const strict = place.another({ shareUser: false })
    const spec = await place.spec()
    await strict.start(spec, new AbortController().signal)
    expect(await strict.observe(spec.processId)).toMatchObject({ state: 'running' })
  })

  test('where users are not to be shared, a server that is not root refuses to start games', async () => {
    const dataFolder = aDataFolder(65_534)
    onTestFinished(() => rmSync(dataFolder, { recursive: true, force: true }))
    const remote = remoteDriver({ dataFolder, uid: 65_534, shareUser: false })
    onTestFinished(() => remote.close())
    const spec = await place.spec()
    const refusal = await remote
      .start(spec, new AbortController().signal)
      .catch((error: DriverError) => error)
    expect(refusal).toMatchObject({ temporary: false })
    expect(String(refusal)).toContain('local.shareUser')
  })
})

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}
