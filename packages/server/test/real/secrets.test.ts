/** What is secret stands only where it belongs: never in a log, an error, a list of programs, or a file others can read. */
import { randomBytes } from 'node:crypto'
import { type Stats, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { HathoraCloud } from '@hathora/cloud-sdk-typescript'
import { Hatchery } from '@hatchery/client'
import { expect, onTestFinished, test } from 'vitest'
import { newTokenSecret } from '../../src/api/org-token.ts'
import { eventually } from '../support/eventually.ts'
import { aFolder } from '../support/start-hatchery.ts'
import { obedient, order } from './odd-servers.ts'
import { deployed, killRunsIn, ownPorts, pidsOf, portOf, running, stopped } from './playground.ts'
import { serveRecorded } from './recorded-program.ts'

/** Requests that are refused, and what each said. */
async function refusals(url: string, token: string, uploadUrl: string): Promise<string[]> {
  const wrong = [newTokenSecret(), token.slice(0, -1), `${token}x`, token.toLowerCase()]
  const requests: [string, RequestInit][] = [
    ...wrong.map((one): [string, RequestInit] => ['/apps/v2/apps', bearer(one)]),
    ['/metrics', bearer(newTokenSecret())],
    [`/nothing?token=${token}`, bearer(token)],
    [`/apps/v2/apps?orgId=other&token=${token}`, bearer(token)],
    ['/apps/v2/apps', { ...bearer(token), method: 'POST', body: '{' }],
    ['/processes/v3/apps/none/process?region=Seattle', { ...bearer(token), method: 'POST' }],
  ]
  const uploads: [string, RequestInit][] = [
    [uploadUrl, { method: 'PUT', body: 'too much by far' }],
    [`${uploadUrl}x`, { method: 'PUT', body: 'x' }],
    [uploadUrl.replace('/parts/1', '/parts/2'), { method: 'PUT', body: 'x' }],
    [uploadUrl.replace(/expires=\d+/, 'expires=soon'), { method: 'PUT', body: 'x' }],
    [uploadUrl, { method: 'POST' }],
  ]
  const all = [...requests.map(([path, init]) => [`${url}${path}`, init] as const), ...uploads]
  return await Promise.all(
    all.map(async ([address, init]) => {
      const answer = await fetch(address, init)
      expect(answer.status).toBeGreaterThanOrEqual(400)
      return JSON.stringify([...answer.headers]) + (await answer.text())
    }),
  )
}

const bearer = (token: string): RequestInit => ({
  headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
})

/** The command lines of all programs of the machine, as anybody may list them. */
const commandLines = (): string =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => textOf(`/proc/${pid}/cmdline`))
    .join('\n')

/** Empty where the program or file has gone meanwhile. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'latin1')
  } catch {
    return ''
  }
}

const environmentOf = (pid: number): Map<string, string> =>
  new Map(
    textOf(`/proc/${pid}/environ`)
      .split('\0')
      .map((pair): [string, string] => [
        pair.slice(0, pair.indexOf('=')),
        pair.slice(pair.indexOf('=') + 1),
      ]),
  )

const filesIn = (folder: string): { path: string; stat: Stats }[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, stat: statSync(path) }))

/** Which of the named secrets stand in `text`. */
const found = (text: string, secrets: ReadonlyMap<string, string>): string[] =>
  [...secrets].flatMap(([name, secret]) => (text.includes(secret) ? [name] : []))

test(
  'secrets are in no log, error, list of programs or open file',
  { timeout: 120_000 },
  async () => {
    const data = aFolder()
    onTestFinished(() => killRunsIn(data))
    const adminToken = `${newTokenSecret()}-admin`
    const flags = ['--log-level=debug', '--limits-grace-seconds=1', ...ownPorts()]
    const server = await serveRecorded(data, flags, { HATCHERY_ADMIN_TOKEN: adminToken })
    const client = new Hatchery({ serverURL: server.url, hathoraDevToken: adminToken })
    const app = await client.appsV2.createApp({ appName: 'arena', authConfiguration: {} })
    const token = await client.tokensV1.createOrgToken(app.orgId, { name: 'ci' })
    const cloud = new HathoraCloud({
      ...{ serverURL: server.url, hathoraDevToken: token.plainTextToken, appId: app.appId },
    })
    const gameSecret = `game-secret-${randomBytes(16).toString('hex')}`
    const env = [{ name: 'GAME_SECRET', value: gameSecret }]
    await deployed({ cloud }, obedient, { env })
    const game = await running({ cloud })
    await order(portOf(game), 'say hello')
    const upload = await client.buildsV3.createBuild({ buildSizeInBytes: 3 })
    const uploadUrl = upload.uploadParts[0]?.putRequestUrl ?? ''

    const environments = pidsOf(game.processId).map(environmentOf)
    const processTokens = environments.map((one) => one.get('HATCHERY_PROCESS_TOKEN') ?? '')
    const [processToken = ''] = new Set(processTokens.filter((one) => one !== ''))
    expect(processToken).not.toBe('')
    const own = new Hatchery({ serverURL: server.url, hathoraDevToken: processToken })
    await own.processesV3.getProcess(game.processId, app.appId)
    const secrets = new Map([
      ['the admin token', adminToken],
      ['the token', token.plainTextToken],
      ['the process token', processToken],
      ['the secret of the application', app.appSecret],
      ['the secret of the game', gameSecret],
      ['the signature', new URL(uploadUrl).searchParams.get('signature') ?? ''],
      ['the key of signatures', readFileSync(join(data, 'upload-key'), 'latin1')],
    ])
    const errors = await refusals(server.url, token.plainTextToken, uploadUrl)
    await own.appsV2.getApps().catch((error: unknown) => errors.push(String(error)))
    const lines = commandLines()
    const files = filesIn(data)
    const held = files.flatMap(({ path, stat }) =>
      found(textOf(path), secrets).map((name) => ({ path, name, others: stat.mode & 0o077 })),
    )
    await stopped({ cloud }, game.processId)
    await client.tokensV1.revokeOrgToken(app.orgId, token.orgToken.orgTokenId)
    errors.push(...(await refusals(server.url, token.plainTextToken, uploadUrl)))
    await eventually('the log is written', () => server.said().includes('/revoke'))

    expect(lines).toContain('serve')
    expect(found(lines, secrets)).toEqual([])
    expect(errors.filter((error) => found(error, secrets).length > 0)).toEqual([])
    expect(server.said()).toContain('/hatchery/v1/uploads/')
    expect(found(server.said(), secrets)).toEqual([])
    const half = token.plainTextToken.slice(0, 40)
    expect(server.said().includes(half) || errors.some((error) => error.includes(half))).toBe(false)
    expect(statSync(data).mode & 0o077).toBe(0)
    expect(held.filter(({ others }) => others !== 0)).toEqual([])
    expect(held.filter(({ name }) => name === 'the token')).toEqual([])
    for (const environment of environments)
      expect(found(JSON.stringify([...environment]), secrets).toSorted()).toEqual([
        'the process token',
        'the secret of the application',
        'the secret of the game',
      ])
  },
)
