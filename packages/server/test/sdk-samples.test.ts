/** The samples of the SDK's reference, run as they stand against a live server. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Operation, operations } from '@hatchery/contract'
import { expect, onTestFinished, test } from 'vitest'
import { examples } from '../../client/scripts/reference/examples.ts'
import { type Sample, referenceSamples } from '../../client/test/samples-of-reference.ts'
import { aFullServer } from './official/setting.ts'

const packages = join(import.meta.dirname, '../../../node_modules')

interface Outcome {
  readonly name: string
  /** The status of a refusal, else what was thrown; null where it was answered. */
  readonly refused: string | null
}

/** By status: for the one server that all of them are run on. */
const refusedHere: Readonly<Record<string, string>> = {
  'buildsV1.runBuildDeprecated': '400', // it was run before
  'buildsV3.runBuildRegistry': '400', // the build is one of an archive
  'logsV1.downloadLogForProcess': '400', // the process still runs
  'organizationsV1.acceptInvite': '404', // nobody invited the admin
  'organizationsV1.rejectInvite': '404',
  'hatchery.changeMember': '404', // who was invited has not accepted
  'hatchery.removeMember': '404', // and the invite was rescinded
  'appsV2.deleteApp': '404', // the sample of the older version did it
}

test(
  'all are answered but for what one server cannot have at once',
  { timeout: 120_000 },
  async () => {
    const outcomes = await outcomesOf(referenceSamples().filter(ends).toSorted(mildFirst))
    const refused = outcomes.flatMap(({ name, refused: why }) =>
      why === null ? [] : [[name, why]],
    )
    expect(Object.fromEntries(refused)).toEqual(refusedHere)
  },
)

/** The stream of events goes on until somebody leaves. */
const ends = ({ name }: Sample): boolean => name !== 'hatchery.getEvents'

/** What ends things comes last. */
const mildFirst = (one: Sample, other: Sample): number => harmOf(one) - harmOf(other)

function harmOf({ name }: Sample): number {
  const method = name.split('.')[1] ?? ''
  const id = `${method.slice(0, 1).toUpperCase()}${method.slice(1)}`
  const operation: Operation | undefined = operations[id as keyof typeof operations]
  if (method.startsWith('deleteApp')) return 5
  if (method.startsWith('revoke')) return 6
  if (/^(?:delete|destroy|revoke|remove|stop)/.test(method)) return 4
  if (/^(?:suspend|drain|rotate|reject|rescind|updateApp|patchApp)/.test(method)) return 3
  if (method === 'inviteUser') return 1
  return operation?.method === 'get' ? 0 : 2
}

/** All in one program after the other, with what this server has in place of the ids that are only examples. */
async function outcomesOf(samples: readonly Sample[]): Promise<Outcome[]> {
  const { hatchery, known } = await aFullServer()
  const folder = mkdtempSync(join(tmpdir(), 'hatchery-samples-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  symlinkSync(packages, join(folder, 'node_modules'))
  const there: Readonly<Record<string, string>> = {
    ...{ [examples.appId]: known.appId, [examples.buildId]: known.buildId },
    ...{ [examples.orgId]: known.orgId, [examples.deploymentId]: known.deploymentId },
    ...{ [examples.fleetId]: known.fleetId, [examples.orgTokenId]: known.orgTokenId },
    ...{ [examples.processId]: known.processId, [examples.roomId]: known.roomId },
    ...{ [examples.playerAuth]: known.playerToken, [examples.idToken]: known.idToken },
    ...{ [examples.shortCode]: known.shortCode, 'http://127.0.0.1:4282': hatchery.url },
  }
  const withThose = (code: string): string =>
    Object.entries(there).reduce((text, [example, value]) => text.replaceAll(example, value), code)
  for (const [index, { name, code }] of samples.entries()) {
    // Names of new things may be there once.
    const own = withThose(code).replaceAll(/'(arena|ci)'/g, `'$1-${index}'`)
    writeFileSync(join(folder, `${name}.ts`), own)
  }
  const names = samples.map(({ name }) => name)
  writeFileSync(join(folder, 'all.ts'), runner(names))
  const env = { ...process.env, HATCHERY_TOKEN: hatchery.token }
  await promisify(execFile)(process.execPath, [join(folder, 'all.ts')], { env, cwd: folder })
  return JSON.parse(readFileSync(join(folder, 'outcomes.json'), 'utf8')) as Outcome[]
}

const runner = (names: readonly string[]): string => `
import { writeFileSync } from 'node:fs'
const outcomes = []
for (const name of ${JSON.stringify(names)}) {
  try {
    await import('./' + name + '.ts')
    outcomes.push({ name, refused: null })
  } catch (error) {
    outcomes.push({ name, refused: String(error.status ?? error.stack) })
  }
}
writeFileSync('outcomes.json', JSON.stringify(outcomes))
process.exit()
`
