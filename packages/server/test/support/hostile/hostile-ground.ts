/** The server that hostile requests go to: always with something of everything, whatever they destroyed. */
import type { Hatchery } from '@hatchery/client'
import { systemClock } from '../../../src/domain/clock.ts'
import type { Log } from '../../../src/domain/log.ts'
import { deployedApp } from '../deployed-app.ts'
import { eventually } from '../eventually.ts'
import { createFakeBuilder } from '../fake-builder.ts'
import { createManualClock } from '../manual-clock.ts'
import { withOrganizations } from '../organizations.ts'
import { signedBy } from '../players.ts'
import { createFakeDriver, createFakePlace, startHatchery } from '../start-hatchery.ts'
import type { TokenKind } from './hostile-request.ts'
import { tenBytes } from './hostile-request.ts'
import type { KnownThings } from './request-bytes.ts'

export interface HostileGround {
  readonly url: string
  readonly data: string
  /** Lines of the server's log that tell of a bug. */
  readonly bugs: readonly string[]
  /** What a request of such a token may know. */
  knownTo(token: TokenKind): KnownThings
  /** Remembers the ids and upload URLs in an answer. */
  learn(answer: unknown): void
  /** Makes anew what is gone, and waits until the server has nothing to do. */
  restore(): Promise<void>
}

/** Of each name the last ones are known. */
const mostIds = 8

/** Its clock stands still, so that nothing happens by itself. */
export async function hostileGround(): Promise<HostileGround> {
  const bugs: string[] = []
  const hatchery = await startWithBugs(bugs)
  const { client: keeper, url, data, server } = hatchery
  const secrets: Record<TokenKind, string | undefined> = {
    none: undefined,
    nonsense: 'Bearer hathora_org_st_nonsense',
    ...hatchery.others,
    ...{ scoped: undefined, process: undefined, player: undefined, admin: undefined },
  }
  const ids = new Map<string, string[]>([['nodeId', ['local']]])
  let uploadPaths: string[] = []
  let place = { appId: '', buildId: '', processId: '', roomId: '' }
  /** With which everything can be made anew: nobody may revoke it. */
  let keepersTokenId = ''
  let count = 0

  function learn(value: unknown, name = ''): void {
    if (typeof value === 'string') learnText(name, value)
    else if (Array.isArray(value)) for (const element of value) learn(element, name)
    else if (typeof value === 'object' && value !== null)
      for (const [key, field] of Object.entries(value)) learn(field, key)
  }

  function learnText(name: string, text: string): void {
    if (!name.endsWith('Id') || text === '' || text === keepersTokenId) return
    const known = ids.get(name) ?? []
    ids.set(name, known)
    keepLast(known, text)
  }

  async function makePlace(): Promise<void> {
    const { appId, deployment } = await deployedApp(keeper, {
      appName: `arena-${count++}`,
      deployment: { roomsPerProcess: 3 },
    })
    const process = await keeper.processesV3.createProcess('Seattle', appId)
    const { roomId } = await keeper.roomsV2.createRoom({ region: 'Seattle' }, appId)
    await server.settled()
    const application = await keeper.appsV2.getApp(appId)
    keepersTokenId = application.createdBy
    learn(application)
    learn(deployment)
    learn(process)
    secrets.process = hatchery.tokenOf(process.processId)
    place = { appId, roomId, buildId: deployment.buildId, processId: process.processId }
    for (const [name, id] of Object.entries({ ...place, deploymentId: deployment.deploymentId }))
      ids.set(name, [id, ...(ids.get(name) ?? []).filter((other) => other !== id)])
    const upload = await keeper.buildsV3.createBuild({ buildSizeInBytes: tenBytes.length })
    learn(upload.buildId, 'buildId')
    uploadPaths = [
      ...upload.uploadParts.map(({ putRequestUrl }) => putRequestUrl),
      upload.completeUploadPostRequestUrl,
    ].map((address) => address.slice(url.length))
  }

  async function liftLimits(): Promise<void> {
    const { orgId } = await keeper.hatchery.whoAmI()
    const noLimits = { concurrentProcessVcpusLimit: null, monthlyProcessVcpuHoursLimit: null }
    await keeper.hatchery.changeOrg(orgId, noLimits)
  }

  /** Signed with the secret of now: it may have been replaced, and logins forbidden. */
  async function aPlayersToken(): Promise<string> {
    const { appSecret } = await keeper.appsV2.getApp(place.appId)
    return await signedBy(appSecret, { id: 'player-1', name: 'Ada', type: 'nickname' })
  }

  async function makeTokens(): Promise<void> {
    const orgId = ids.get('orgId')?.[0] ?? ''
    const make = async (name: string, scopes?: ['processes:read-write']): Promise<string> => {
      const made = await keeper.tokensV1.createOrgToken(orgId, { name, ...(scopes && { scopes }) })
      learn(made.orgToken)
      return made.plainTextToken
    }
    secrets.admin = await make(`admin-${count++}`)
    secrets.scoped = await make(`scoped-${count++}`, ['processes:read-write'])
  }

  return {
    ...{ url, data, bugs, learn },
    knownTo: (token) => ({
      idsOf: (name) => ids.get(name) ?? [],
      uploadPaths,
      authorization: secrets[token],
    }),
    async restore() {
      await keeper.hatchery.resumeNode('local')
      await liftLimits()
      if (!(await isWhole(keeper, place))) await makePlace()
      secrets.player = await aPlayersToken()
      for (const kind of ['admin', 'scoped'] as const)
        if (!(await isGood(url, secrets[kind]))) await makeTokens()
      await eventually('no build is running', async () => {
        const { builds } = await keeper.buildsV3.getBuilds()
        return builds.every(({ status }) => status !== 'running')
      })
      await server.settled()
    },
  }
}

function keepLast(list: string[], text: string): void {
  if (list.includes(text)) return
  list.push(text)
  if (list.length > mostIds) list.splice(1, 1)
}

async function startWithBugs(bugs: string[]) {
  const place = createFakePlace()
  const note = (fields: object): void => {
    const { err } = fields as { err?: unknown }
    bugs.push(`${JSON.stringify(fields)} ${err instanceof Error ? err.stack : String(err)}`)
  }
  const log: Log = { info() {}, warn() {}, error: note }
  const started = await startHatchery({
    log,
    // Time stands still: the hour of a player would never be over.
    flags: ['--lobbies-most-per-hour=1000000'],
    clock: createManualClock(),
    driver: () => ({
      ...createFakeDriver({ clock: systemClock, place }),
      builder: createFakeBuilder(),
    }),
  })
  const { hatchery, secrets } = await withOrganizations(started, [{}, { revokedAt: Date.now() }])
  const [foreign, revoked] = secrets
  return {
    ...hatchery,
    others: { foreign, revoked },
    /** What the game server of a process has in its environment. */
    tokenOf: (processId: string) => place.runs.get(processId)?.spec.env['HATCHERY_PROCESS_TOKEN'],
  }
}

async function isWhole(
  client: Hatchery,
  {
    appId,
    buildId,
    processId,
    roomId,
  }: Record<'appId' | 'buildId' | 'processId' | 'roomId', string>,
): Promise<boolean> {
  try {
    const { status } = await client.processesV3.getProcess(processId, appId)
    await client.buildsV3.getBuild(buildId)
    const room = await client.roomsV2.getRoomInfo(roomId, appId)
    return (status === 'running' || status === 'starting') && room.status !== 'destroyed'
  } catch {
    return false
  }
}

/** Any answer but that the token is not known: a scope may be missing. */
async function isGood(url: string, token: string | undefined): Promise<boolean> {
  if (token === undefined) return false
  const answer = await fetch(`${url}/apps/v2/apps`, { headers: { authorization: token } })
  await answer.text()
  return answer.headers.get('hatchery-error') !== 'unauthenticated'
}
