/** The pages a person reads: what they name exists, their samples compile, and what the README shows is what happens. */
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { operations } from '@hatchery/contract'
import { expect, onTestFinished, test } from 'vitest'
import { allFlagsOf } from '../../cli/src/common-flags.ts'
import { table } from '../../cli/src/table.ts'
import { aPlace, start } from '../../cli/test/support/program.ts'
import { settingsHelp } from '../src/config.ts'
import { ownPorts } from './real/playground.ts'
import {
  codeOf,
  fencesOf,
  packagePages,
  pageAt,
  pages,
  root,
  shown,
  withoutFences,
} from './support/pages.ts'

/** Names of a page's headings as links use them, and anchors set by hand. */
const anchorsOf = (text: string): string[] => [
  ...[...withoutFences(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  ),
  ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id),
]

/** Why a link leads nowhere; undefined when it leads somewhere, or out of the repository. */
function linkProblem(link: string, from: string): string | undefined {
  if (/^[a-z]+:/.test(link)) return undefined
  const [path = '', anchor] = link.split('#')
  const target = path === '' ? join(root, from) : join(root, dirname(from), path)
  if (!existsSync(target)) return `${from}: ${link} is not there`
  if (anchor === undefined) return undefined
  const found = anchorsOf(readFileSync(target, 'utf8')).includes(anchor)
  return found ? undefined : `${from}: ${link} has no such heading`
}

test('every link between the pages leads somewhere', () => {
  const links = pages.flatMap(({ path, text }) =>
    [...withoutFences(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => ({ link, path })),
  )
  expect(links.length).toBeGreaterThan(20)
  expect(links.flatMap(({ link, path }) => linkProblem(link, path) ?? [])).toEqual([])
})

test('the index leads to every page, and the README to the index', () => {
  // Whose own first page leads to them.
  const isInSdk = (path: string): boolean =>
    path.startsWith('docs/sdk/') && !path.endsWith('README.md')
  const index = pageAt('docs/README.md').text
  const others = pages.filter(({ path }) => path !== 'docs/README.md' && !isInSdk(path))
  const isLinked = (link: string): boolean =>
    index.includes(`](${link})`) || index.includes(`](${link}#`)
  expect(others.filter(({ path }) => !isLinked(relative('docs', path)))).toEqual([])
  expect(pageAt('README.md').text).toContain('](docs/README.md)')
})

test('the map has every folder of the repository and of packages, and no other', () => {
  const ignored = readFileSync(join(root, '.gitignore'), 'utf8').split('\n')
  const foldersIn = (path: string): string[] =>
    readdirSync(join(root, path), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => `${name}/`)
      .filter((name) => !ignored.includes(name))
  const lines = shown('README.md', 'packages/\n').split('\n')
  const named = (indent: string): string[] =>
    lines.flatMap((line) => new RegExp(`^${indent}(\\S+/)`).exec(line)?.[1] ?? [])
  const hidden = named('').filter((name) => name.startsWith('.'))
  expect(named('').toSorted()).toEqual([...foldersIn('.'), ...hidden].toSorted())
  expect(hidden.filter((name) => !existsSync(join(root, name)))).toEqual([])
  expect(named(' {2}').toSorted()).toEqual(foldersIn('packages').toSorted())
})

test('every script and every command that is named exists', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  const code = pages.flatMap(({ path, text }) => codeOf(text).map((one) => ({ path, one })))
  const uses = (pattern: RegExp): string[] =>
    code.flatMap(({ path, one }) =>
      [...one.matchAll(pattern)].map(([, name = '']) => `${path}: ${name}`),
    )
  const commands = table.flatMap(({ path, aliases = [] }) =>
    [path, ...aliases].map(([first = '']) => first),
  )
  const isIn = (names: readonly string[]) => (use: string) =>
    names.includes(use.slice(use.indexOf(': ') + 2))

  const npmUses = uses(/npm run ([\w-]+)/g)
  const commandUses = uses(/(?:^|\s)hatchery ([a-z][a-z-]*)/g)
  const flagUses = code
    .filter(({ one }) => /^(?:npx )?hatchery \w/.test(one))
    .flatMap(({ path, one }) =>
      [...one.replaceAll(/ -- .*/g, '').matchAll(/ (--[a-z-]+)/g)].map((m) => `${path}: ${m[1]}`),
    )
  const flags = [
    ...[...settingsHelp().matchAll(/--[a-z-]+/g)].map(([flag]) => flag),
    ...table
      .flatMap((command) => Object.entries(allFlagsOf(command)))
      .flatMap(([name, { also = [] }]) => [name, ...also].map((long) => `--${long}`)),
  ]

  expect(npmUses.filter((use) => !isIn(Object.keys(scripts))(use))).toEqual([])
  expect(commandUses.filter((use) => !isIn(commands)(use))).toEqual([])
  expect(
    flagUses.filter((use) => !isIn([...flags, '--games', '--help', '--version'])(use)),
  ).toEqual([])
})

test('docs/api.md names every operation, and no other', () => {
  const page = pageAt('docs/api.md').text
  const rows = page.split('\n## ').find((part) => part.startsWith('What is answered today')) ?? ''
  const named = [...rows.matchAll(/^\| (\w+) \| (`.*`) \|$/gm)].flatMap(([, tag, ids = '']) =>
    [...ids.matchAll(/`(\w+)`/g)].map(([, id]) => `${tag} ${id}`),
  )
  const all = Object.values(operations).map(({ tag, id }) => `${tag} ${id}`)
  expect(named.toSorted()).toEqual(all.toSorted())
})

/** A folder in which packages are found as in the repository. */
function aProject(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hatchery-samples-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return furnished(folder)
}

function furnished(folder: string): string {
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  return folder
}

test('every sample in TypeScript compiles', { timeout: 120_000 }, () => {
  const folder = aProject()
  const samples = [...pages, ...packagePages].flatMap(({ path, text }) =>
    fencesOf(text)
      .filter(({ language }) => language === 'ts')
      .map((fence, index) => ({ name: `${path.replaceAll(/\W/g, '-')}-${index}.ts`, ...fence })),
  )
  expect(samples.length).toBeGreaterThan(2)
  for (const { name, text } of samples) writeFileSync(join(folder, name), text)
  const configuration = { extends: join(root, 'tsconfig.json'), include: ['*.ts'], exclude: [] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(configuration))
  const tsc = join(root, 'node_modules/.bin/tsc')
  const { stdout } = spawnSync(tsc, ['--project', folder], { encoding: 'utf8' })
  expect(stdout).toBe('')
})

/** Lines without what differs each time: ids, figures, and the token, which only a terminal gets. */
const comparable = (text: string): string[] =>
  text
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
    .replaceAll(/\d+(\.\d+)*/g, 'N')
    .split('\n')
    .filter((line) => line !== '' && !/^ {2}(?:Token|Note) /.test(line))

const deployPage = 'docs/how-to/deploy-from-a-program.md'

test(
  'the README shows what up prints, and the program of a page deploys',
  { timeout: 120_000 },
  async () => {
    const place = aPlace()
    const up = start(place, ['up', '--port=0', ...ownPorts()])
    const printed = await up.until(/the official SDK\n/)
    const [, api = ''] = /^ {2}API {7}(\S+)$/m.exec(printed) ?? []
    expect(['deploying the sample game', ...comparable(printed)]).toEqual(
      comparable(shown('README.md', 'ready in')),
    )

    furnished(place.cwd)
    cpSync(join(root, 'examples/sample-game'), join(place.cwd, 'my-server'), { recursive: true })
    spawnSync('sh', ['-c', shown(deployPage, 'tar -czf')], { cwd: place.cwd })
    const program = shown(deployPage, 'new HathoraCloud({\n').replace('http://127.0.0.1:4282', api)
    writeFileSync(join(place.cwd, 'deploy.ts'), program)
    const deployed = spawnSync(process.execPath, ['deploy.ts'], {
      cwd: place.cwd,
      encoding: 'utf8',
    })
    expect(deployed.stderr).toBe('')
    // The log comes last; the game may not have written it yet.
    const upToTheAddress = comparable(shown(deployPage, ' runs at 127.')).slice(0, -1)
    expect(comparable(deployed.stdout).slice(0, upToTheAddress.length)).toEqual(upToTheAddress)
  },
)

test('the samples of testing a backend pass', { timeout: 60_000 }, () => {
  const folder = aProject()
  const page = pageAt('docs/test-your-backend.md')
  const samples = fencesOf(page.text).filter(({ language }) => language === 'ts')
  expect(samples).toHaveLength(2)
  for (const [index, { text }] of samples.entries()) {
    writeFileSync(join(folder, `sample-${index}.test.ts`), text)
  }
  const args = ['--test', '--test-reporter=tap']
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  expect(stdout).toMatch(/^# pass 3$/m)
  expect(stdout).toMatch(/^# fail 0$/m)
})
