/** `hatchery complete -- WORDS`: what may stand in the place of the last word, a line each. The shells call it. */
import type { Hatchery } from '@hatchery/client'
import type { AnyCommand, Completable, FlagSpec, Input } from '../command.ts'
import { allFlagsOf } from '../common-flags.ts'
import type { Context } from '../context.ts'
import { commandsOfNoun, findCommand, valueFlagsOf, wordsOf } from '../find-command.ts'
import { firstOf } from '../latest-processes.ts'
import { readProfiles } from '../profiles.ts'
import { table } from '../table.ts'
import { topics } from '../topics.ts'

export async function complete(context: Context, { words }: Input): Promise<void> {
  const typed = words.at(-1) ?? ''
  const found = await candidates(context, words.slice(0, -1), typed)
  const fitting = [...new Set(found)].filter((one) => one.startsWith(typed))
  if (fitting.length > 0) context.out.text(fitting.join('\n'))
}

async function candidates(
  context: Context,
  before: readonly string[],
  typed: string,
): Promise<string[]> {
  const valueFlags = valueFlagsOf(table)
  const previous = before.at(-1) ?? ''
  const words = wordsOf(before, valueFlags).map(({ text }) => text)
  const found = commandOf(before)
  if (valueFlags.has(previous)) {
    const spec = found && flagWritten(found.command, previous)
    return [...(spec?.choices ?? []), ...(await known(context, spec?.complete))]
  }
  if (found === undefined) return nextWords(words)
  if (typed.startsWith('-'))
    return Object.keys(allFlagsOf(found.command)).map((name) => `--${name}`)
  const specs = found.command.arguments ?? []
  const given = wordsOf(found.rest, valueFlags).length
  const spec = specs[given] ?? (specs.at(-1)?.many === true ? specs.at(-1) : undefined)
  return [...nextWords(words), ...(await known(context, spec?.complete))]
}

/** The flag that is written so, as `-o` or `--output`. */
const flagWritten = (command: AnyCommand, written: string): FlagSpec | undefined =>
  Object.entries(allFlagsOf(command)).find(
    ([name, { short, also = [] }]) =>
      written === `-${short}` || [name, ...also].some((long) => written === `--${long}`),
  )?.[1]

function commandOf(before: readonly string[]): ReturnType<typeof findCommand> | undefined {
  try {
    return findCommand(table, before)
  } catch {
    return undefined
  }
}

/** The verbs of a noun, or all first words. */
function nextWords(words: readonly string[]): string[] {
  if (words.length === 0)
    return table.filter(({ hidden }) => hidden !== true).map(({ path }) => path[0] ?? '')
  if (words.length > 1) return []
  return commandsOfNoun(table, words[0] ?? '').map(({ path }) => path[1] ?? '')
}

/** What the server or this program knows; nothing where it cannot be asked. */
async function known(context: Context, what: Completable | undefined): Promise<string[]> {
  if (what === undefined) return []
  try {
    return await sourcesOfWords[what](context)
  } catch {
    return []
  }
}

const sourcesOfWords: Readonly<Record<Completable, (context: Context) => Promise<string[]>>> = {
  topic: async () => [...Object.keys(topics), ...table.map(({ path }) => path[0] ?? '')],
  profile: async ({ env }) => Object.keys(readProfiles(env).profiles),
  async app({ client }) {
    const { applications } = await (await client()).appsV2.getApps()
    return applications.flatMap(({ appName, appId }) => [appName, appId])
  },
  async build({ client }) {
    const { builds } = await (await client()).buildsV3.getBuilds()
    return builds.flatMap(({ buildId, buildTag }) => [buildId, buildTag ?? []].flat())
  },
  async deployment({ client, appId }) {
    const api = await client()
    const { deployments } = await api.deploymentsV3.getDeployments(await appId())
    return deployments.flatMap((one) => [one.deploymentId, one.deploymentTag ?? []].flat())
  },
  async invite({ client }) {
    return await invitedPeople(await client())
  },
  async member({ client }) {
    return await memberPeople(await client())
  },
  async person({ client }) {
    const api = await client()
    return [...(await invitedPeople(api)), ...(await memberPeople(api))]
  },
  async org({ client }) {
    const { orgs } = await (await client()).hatchery.getAllOrgs()
    return orgs.flatMap(({ name, orgId }) => [name, orgId])
  },
  async fleet({ client }) {
    return (await (await client()).fleetsV2.getFleets()).fleets.map(({ name }) => name)
  },
  async node({ client }) {
    return (await (await client()).hatchery.getNodes()).map(({ nodeId }) => nodeId)
  },
  async process({ client, appId }) {
    const { taken } = await firstOf((await client()).latestProcesses({ appId: await appId() }), 50)
    return taken.map(({ processId }) => processId)
  },
  async region({ client }) {
    return (await (await client()).hatchery.getRegions()).map(({ region }) => region)
  },
  async room({ client, appId }) {
    return (await (await client()).hatchery.getRooms(await appId())).map(({ roomId }) => roomId)
  },
  async token({ client }) {
    const api = await client()
    const { tokens } = await api.tokensV1.getOrgTokens((await api.hatchery.whoAmI()).orgId)
    return tokens.map(({ name }) => name)
  },
}

async function invitedPeople({ hatchery, organizationsV1 }: Hatchery): Promise<string[]> {
  const { invites } = await organizationsV1.getOrgPendingInvites((await hatchery.whoAmI()).orgId)
  return invites.map(({ userEmail }) => userEmail)
}

async function memberPeople({ hatchery, organizationsV1 }: Hatchery): Promise<string[]> {
  const { members } = await organizationsV1.getOrgMembers((await hatchery.whoAmI()).orgId)
  return members.map(({ userEmail }) => userEmail)
}
