/** Which application a command is about: the one that is named somewhere, else the only one there is. */
import type { ApplicationWithLatestDeploymentAndBuild, Hatchery } from '@hatchery/client'
import type { Asking } from './ask.ts'
import { Failure, usageFailure } from './failure.ts'
import { type Naming, pick } from './ids.ts'

export type App = Pick<ApplicationWithLatestDeploymentAndBuild, 'appId'> &
  Partial<ApplicationWithLatestDeploymentAndBuild>

/** An application that was named: `by` is where. */
export interface NamedApp {
  readonly word: string
  readonly by: string
  /** Once, for this server, and not on or around this command line. */
  readonly isRemembered?: true
}

const appNaming: Naming = { noun: 'application', list: 'hatchery app list' }

const wholeId = /^app-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** A whole id is taken as it is, without asking the server. Throws a Failure where none is meant for sure. */
export async function chooseApp(
  named: NamedApp | undefined,
  { client, ask }: { client: Hatchery; ask: Asking },
): Promise<App> {
  if (named !== undefined && wholeId.test(named.word)) return { appId: named.word }
  const { applications } = await client.appsV2.getApps()
  if (named !== undefined) return pickApp(named.word, applications, named.by)
  const [first] = applications
  if (first === undefined)
    throw new Failure('there is no application yet', {
      ...{ attempt: 'hatchery app create my-game', exitCode: 3, code: 'not-found' },
    })
  return applications.length === 1 ? first : await askedApp(applications, ask)
}

/** By name, id or the beginning of an id. Throws a Failure. */
export function pickApp<One extends ApplicationWithLatestDeploymentAndBuild>(
  word: string,
  applications: readonly One[],
  by = '--app',
): One {
  const candidates = applications.map((app) => ({
    ...{ id: app.appId, names: [app.appName], label: app.appName, app },
  }))
  return pick(word, candidates, { ...appNaming, ...(by !== '--app' && { by }) }).app
}

async function askedApp(
  applications: readonly ApplicationWithLatestDeploymentAndBuild[],
  ask: Asking,
): Promise<App> {
  const names = applications.map(({ appName }) => appName)
  const missing = `there are ${names.length} applications: ${names.slice(0, 8).join(', ')}; name one with --app or HATCHERY_APP`
  if (!ask.possible) throw usageFailure(missing, 'hatchery app use NAME')
  const appId = await ask.choose({
    ...{ message: 'Which application?', missing },
    options: applications.map((app) => ({ value: app.appId, label: app.appName })),
  })
  return applications.find((app) => app.appId === appId) ?? { appId }
}
