/** `hatchery app …`. */
import type {
  Application,
  ApplicationWithLatestDeploymentAndBuild,
  AuthConfiguration,
} from '@hatchery/client'
import { pickApp } from '../app-choice.ts'
import type { Input } from '../command.ts'
import type { Context } from '../context.ts'
import { usageFailure } from '../failure.ts'
import type { Cell, Column } from '../output/columns.ts'
import { readProfiles, writeProfiles } from '../profiles.ts'

interface LoginFlags {
  readonly anonymous: boolean
  readonly nickname: boolean
  readonly google: string | undefined
}

const columns: readonly Column<ApplicationWithLatestDeploymentAndBuild>[] = [
  { name: 'name', of: ({ appName }) => appName },
  { name: 'app', of: ({ appId }) => ({ id: appId }) },
  { name: 'build', of: ({ deployment }) => deployment?.buildTag ?? deployment?.buildId },
  { name: 'deployed', of: ({ deployment }) => ({ age: deployment?.createdAt ?? null }) },
  { name: 'created', of: ({ createdAt }) => ({ age: createdAt }) },
]

export async function listApps({ client, out }: Context): Promise<void> {
  const { applications } = await (await client()).appsV2.getApps()
  out.list(applications, {
    columns,
    id: ({ appId }) => appId,
    empty: 'no application yet; make one: hatchery app create my-game',
  })
}

export async function getApp(context: Context, { words }: Input): Promise<void> {
  const appId = await appIdOf(context, words[0])
  showApp(context, await (await context.client()).appsV2.getApp(appId))
}

export async function createApp(
  context: Context,
  { words: [appName = ''], flags }: Input<LoginFlags>,
): Promise<void> {
  const client = await context.client()
  const authConfiguration = loginOf(flags)
  showApp(context, await client.appsV2.createApp({ appName, authConfiguration }))
}

export async function updateApp(
  context: Context,
  { words, flags }: Input<LoginFlags & { name: string | undefined; 'no-login': boolean }>,
): Promise<void> {
  const { name, 'no-login': none, ...login } = flags
  const asksLogin = none || login.anonymous || login.nickname || login.google !== undefined
  if (name === undefined && !asksLogin)
    throw usageFailure(
      'nothing to change: give --name or a way to log in',
      'hatchery app update -h',
    )
  const appId = await appIdOf(context, words[0])
  const changed = await (
    await context.client()
  ).appsV2.patchApp(
    {
      ...(name !== undefined && { appName: name }),
      ...(asksLogin && { authConfiguration: none ? {} : loginOf(login) }),
    },
    appId,
  )
  showApp(context, changed)
}

/** Only who types the name, or gives it with --confirm, deletes all that is in it. */
export async function deleteApp(
  context: Context,
  { words, flags }: Input<{ confirm: string | undefined }>,
): Promise<void> {
  const client = await context.client()
  const appId = await appIdOf(context, words[0])
  const { appName } = await client.appsV2.getApp(appId)
  const missing = `deleting ${appName} stops all its processes: add --confirm ${appName}`
  const typed =
    flags.confirm ??
    (await context.ask.text(`${missing.split(':')[0]}. Type its name to go on.`, { missing }))
  if (typed !== appName)
    throw usageFailure(`the name is ${appName}, not "${typed}": nothing was deleted`)
  await client.appsV2.deleteApp(appId)
  context.out.did(`deleted ${appName}`, { ids: [appId], json: { appId } })
}

/** Remembers the application for the server's address. */
export async function useApp(context: Context, { words }: Input): Promise<void> {
  const { applications } = await (await context.client()).appsV2.getApps()
  const { appId, appName } = pickApp(words[0] ?? '', applications)
  const { url } = context.connection()
  const profiles = readProfiles(context.env)
  writeProfiles(context.env, { ...profiles, apps: { ...profiles.apps, [url]: appId } })
  context.out.did(`${appName} is the application for ${url} now`, { ids: [appId], json: { appId } })
}

export async function appSecret(
  context: Context,
  { words, flags }: Input<{ rotate: boolean }>,
): Promise<void> {
  const appId = await appIdOf(context, words[0])
  const client = await context.client()
  const { appSecret: secret } = flags.rotate
    ? await client.hatchery.rotateAppSecret(appId)
    : await client.appsV2.getApp(appId)
  context.out.value({ appId, appSecret: secret }, { id: secret, rows: [['secret', secret]] })
}

export async function appIdOf(context: Context, word: string | undefined): Promise<string> {
  if (word === undefined) return await context.appId()
  const { applications } = await (await context.client()).appsV2.getApps()
  return pickApp(word, applications).appId
}

function loginOf({ anonymous, nickname, google }: LoginFlags): AuthConfiguration {
  return {
    ...(anonymous && { anonymous: {} }),
    ...(nickname && { nickname: {} }),
    ...(google !== undefined && { google: { clientId: google } }),
  }
}

export function showApp({ out }: Context, app: Application): void {
  const rows: (readonly [string, Cell])[] = [
    ['app', app.appId],
    ['name', app.appName],
    ['organization', app.orgId],
    ['players log in with', Object.keys(app.authConfiguration).join(', ')],
    ['created', app.createdAt],
    ...(app.serviceConfig?.loadBalancer?.enabled === true
      ? [['load balancer', `on; see: hatchery app load-balancer ${app.appName}`] as const]
      : []),
    ...(app.serviceConfig?.staticProcessAllocation ?? []).map((one): [string, string] => [
      `keeps in ${one.region}`,
      keptOf(one, app.serviceConfig?.processAutoscalerConfig?.targetMetric.metricValue),
    ]),
  ]
  out.value(app, { id: app.appId, rows })
}

type Allocation = NonNullable<Application['serviceConfig']>['staticProcessAllocation'][number]

/** `goal`: open requests that the autoscaler aims for. */
function keptOf(allocation: Allocation, goal: number | undefined): string {
  const { targetProcesses, minProcesses, maxProcesses, autoscalingEnabled } = allocation
  return autoscalingEnabled === true && goal !== undefined
    ? `${minProcesses} to ${maxProcesses}, ${goal} requests each`
    : `${targetProcesses} (${minProcesses} to ${maxProcesses})`
}
