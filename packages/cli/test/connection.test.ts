/** Which server is asked, and that a token goes only to the address that stands beside it. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { aWorkingFolder, online } from './support/online.ts'
import { run } from './support/program.ts'

const token = 'a-token-that-must-not-be-sent-anywhere-else'

/** A folder as `hatchery up` leaves it. */
function aDataFolder(cwd: string, address: string | null, kept?: string): string {
  const folder = join(cwd, '.hatchery')
  mkdirSync(folder)
  const running = address === null ? null : { pid: 1, startedAt: '', address }
  writeFileSync(join(folder, 'installation.json'), JSON.stringify({ installationId: 'x', running }))
  if (kept !== undefined) writeFileSync(join(folder, 'token'), kept)
  return folder
}

test('an address of a folder gets no token of environment or profile', async () => {
  const { hatchery, cwd, env } = await online()
  aDataFolder(cwd, hatchery.url)
  const { code, stdout, stderr } = await run({ cwd }, ['app', 'list'], {
    ...{ HATCHERY_TOKEN: token, XDG_CONFIG_HOME: env['XDG_CONFIG_HOME'] ?? '' },
  })
  expect({ code, stdout }).toEqual({ code: 4, stdout: '' })
  expect(stderr).toContain('the address is from ./.hatchery')
  expect(stderr).toContain('the token beside HATCHERY_URL is not sent there')
  expect(stderr).not.toContain(token)
})

test('a token on the command line without an address is refused', async () => {
  const { hatchery, cwd } = await online()
  aDataFolder(cwd, hatchery.url, hatchery.token)
  const { code, stderr } = await run({ cwd }, ['app', 'list', '--token', token])
  expect(code).toBe(4)
  expect(stderr).toContain('--token without --url')
  expect(stderr).not.toContain(token)
})

test('an address on the command line gets no token of the environment', async () => {
  const { run: hatchery, hatchery: server } = await online()
  const { code, stderr } = await hatchery('app', 'list', '--url', server.url)
  expect(code).toBe(4)
  expect(stderr).toContain('the address is from --url')
})

test('the token of a folder is not read through a link', async () => {
  const { hatchery, cwd } = await online()
  const folder = aDataFolder(cwd, hatchery.url)
  writeFileSync(join(cwd, 'secret'), token)
  symlinkSync(join(cwd, 'secret'), join(folder, 'token'))
  const { code, stderr } = await run({ cwd }, ['app', 'list'], { XDG_CONFIG_HOME: cwd })
  expect(code).toBe(4)
  expect(stderr).toContain('no token for')
})

test('flags count before the environment, that before the folder, that before the profile', async () => {
  const { hatchery, cwd, env } = await online()
  const from = async (args: string[], given: Record<string, string>): Promise<string> => {
    const { stdout } = await run({ cwd }, ['status', '--json', ...args], {
      ...{ XDG_CONFIG_HOME: env['XDG_CONFIG_HOME'] ?? '' },
      ...given,
    })
    return (JSON.parse(stdout) as { server: { from: string } }).server.from
  }
  mkdirSync(join(cwd, 'config/hatchery'), { recursive: true })
  const profiles = { current: 'home', profiles: { home: { url: hatchery.url, token } } }
  writeFileSync(join(cwd, 'config/hatchery/profiles.json'), JSON.stringify(profiles))
  expect(await from([], {})).toBe('profile home')
  aDataFolder(cwd, hatchery.url, token)
  expect(await from([], {})).toBe('./.hatchery')
  const hathora = { HATHORA_CLOUD_ENDPOINT: hatchery.url, HATHORA_TOKEN: token }
  expect(await from([], hathora)).toBe('HATHORA_CLOUD_ENDPOINT')
  const ours = { ...hathora, HATCHERY_URL: hatchery.url, HATCHERY_TOKEN: token }
  expect(await from([], ours)).toBe('HATCHERY_URL')
  expect(await from(['--profile', 'home'], ours)).toBe('profile home')
  expect(await from(['--url', hatchery.url, '--token', token], ours)).toBe('--url')
})

test('the token beside HATCHERY_URL may be in a file', async () => {
  const { hatchery, cwd } = await online()
  writeFileSync(join(cwd, 'token'), `${hatchery.token}\n`)
  const env = { HATCHERY_URL: hatchery.url, HATCHERY_TOKEN_FILE: 'token', XDG_CONFIG_HOME: cwd }
  expect(await run({ cwd }, ['app', 'list', '--json'], env)).toEqual({
    ...{ code: 0, stdout: '[]\n', stderr: '' },
  })
  const missing = await run({ cwd }, ['ps'], { ...env, HATCHERY_TOKEN_FILE: 'none' })
  expect(missing.code).toBe(2)
  expect(missing.stderr).toContain(`${join(cwd, 'none')} cannot be read: ENOENT`)
})

test.each([
  ['keys', (url: string) => [`hathora-cloud-endpoint: "${url}"`]],
  ['sections', (url: string) => ['build:', '  id: none', 'global:', `  cloud-endpoint: ${url}`]],
])('a file of the official command line names the server by %s', async (_, address) => {
  const { hatchery, cwd } = await online()
  const lines = [...address(hatchery.url), `token: ${hatchery.token}  # mine`]
  writeFileSync(join(cwd, 'hathora.yml'), lines.join('\n'))
  const { code, stdout } = await run({ cwd }, ['apps', 'list', '--json', '--config', 'hathora.yml'])
  expect({ code, stdout }).toEqual({ code: 0, stdout: '[]\n' })
})

test('a folder whose server does not run is said so, and nothing else is asked', async () => {
  const { cwd, env } = await online()
  aDataFolder(cwd, null, token)
  const { code, stderr } = await run({ cwd }, ['ps'], {
    XDG_CONFIG_HOME: env['XDG_CONFIG_HOME'] ?? '',
  })
  expect(code).toBe(5)
  expect(stderr).toBe('error: the server of ./.hatchery does not run\ntry:   hatchery up\n')
})

test('an address where nobody answers is named with its source', async () => {
  const cwd = aWorkingFolder()
  const address = await anAddressWithoutServer()
  aDataFolder(cwd, address, token)
  const { code, stderr } = await run({ cwd }, ['ps'], { XDG_CONFIG_HOME: cwd })
  expect(code).toBe(5)
  expect(stderr).toBe(
    `error: cannot reach ${address}: connection refused (address from ./.hatchery)\ntry:   hatchery up\n`,
  )
})

test('no server at all is said with the way to one', async () => {
  const cwd = aWorkingFolder()
  const { code, stderr } = await run({ cwd }, ['ps', '--json'], { XDG_CONFIG_HOME: cwd })
  expect(code).toBe(4)
  expect(JSON.parse(stderr)).toEqual({
    error: {
      ...{ code: 'no-server', try: 'hatchery up' },
      message: expect.stringContaining('no server is known') as string,
    },
  })
})

async function anAddressWithoutServer(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return `http://127.0.0.1:${port}`
}
