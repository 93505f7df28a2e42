/**
 * The rules of the house (ARCHITECTURE.md), read from the sources: who may import what, where the environment is read,
 * how long a file may be, what nothing may be called.
 */
import { globSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join, posix } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../..')

/** Rooms by the beginning of their paths; a file is in the room with the longest one. */
const rooms = {
  'packages/contract/src/': { imports: [] },
  'packages/client/src/': { imports: [] },
  'packages/cli/src/': { imports: ['packages/client/src/', 'packages/server/src/index.ts'] },
  'packages/testkit/src/': { imports: ['packages/client/src/', 'packages/server/src/index.ts'] },
  'packages/server/src/domain/': { imports: ['packages/contract/src/'] },
  'packages/server/src/api/': {
    imports: ['packages/server/src/domain/', 'packages/contract/src/'],
  },
  'packages/server/src/engine/': {
    imports: ['packages/server/src/domain/', 'packages/contract/src/'],
  },
  'packages/server/src/balancer/': {
    imports: ['packages/server/src/domain/', 'packages/contract/src/'],
  },
  'packages/server/src/stores/': {
    imports: ['packages/server/src/domain/', 'packages/contract/src/'],
  },
  'packages/server/src/drivers/local/': {
    imports: [
      'packages/server/src/domain/',
      'packages/server/src/drivers/archive/',
      'packages/server/src/drivers/linux/',
      'packages/contract/src/',
    ],
  },
  'packages/server/src/drivers/docker/': {
    imports: [
      'packages/server/src/domain/',
      'packages/server/src/drivers/archive/',
      'packages/server/src/drivers/linux/',
      'packages/contract/src/',
    ],
  },
  /** What builders of several drivers have in common. */
  'packages/server/src/drivers/archive/': { imports: ['packages/server/src/domain/'] },
  /** What drivers of this machine have in common. */
  'packages/server/src/drivers/linux/': { imports: ['packages/server/src/domain/'] },
  'packages/server/src/drivers/fake/': {
    imports: ['packages/server/src/domain/', 'packages/contract/src/'],
  },
  'packages/server/src/config': { imports: ['packages/contract/src/'] },
  'packages/server/src/log.ts': { imports: ['packages/server/src/domain/'] },
  'packages/server/src/server.ts': {
    imports: [
      'packages/server/src/api/',
      'packages/server/src/balancer/',
      'packages/server/src/composition/',
      'packages/server/src/config',
      'packages/server/src/domain/',
      'packages/server/src/drivers/local/',
      'packages/server/src/engine/',
      'packages/server/src/stores/',
      'packages/contract/src/',
    ],
  },
  /** Parts of the composition root, in files of their own. */
  'packages/server/src/composition/': {
    imports: [
      'packages/server/src/api/',
      'packages/server/src/balancer/',
      'packages/server/src/config',
      'packages/server/src/domain/',
      'packages/server/src/drivers/archive/',
      'packages/server/src/drivers/docker/',
      'packages/server/src/drivers/local/',
      'packages/server/src/stores/',
      'packages/contract/src/',
    ],
  },
  'packages/server/src/main.ts': {
    imports: [
      'packages/server/src/config',
      'packages/server/src/domain/',
      'packages/server/src/log.ts',
      'packages/server/src/server.ts',
    ],
  },
  /** What the package shows to the command line, tests and bench. */
  'packages/server/src/index.ts': {
    imports: [
      'packages/server/src/composition/',
      'packages/server/src/config',
      'packages/server/src/domain/',
      'packages/server/src/drivers/fake/',
      'packages/server/src/log.ts',
      'packages/server/src/main.ts',
      'packages/server/src/server.ts',
    ],
  },
} as const satisfies Record<string, { readonly imports: readonly string[] }>

type Room = keyof typeof rooms

/** Where a library may be imported; its types go no further. One that is not here may be imported nowhere. */
const libraryHomes: Readonly<Record<string, readonly string[]>> = {
  typebox: [
    'packages/contract/src/',
    'packages/server/src/config/schema.ts',
    'packages/server/src/config/usage-schema.ts',
    'packages/server/src/config/traffic-schema.ts',
    'packages/server/src/config/node-settings.ts',
    'packages/server/src/api/',
  ],
  fastify: ['packages/server/src/api/'],
  '@fastify/busboy': ['packages/server/src/api/form-body.ts'],
  '@fastify/websocket': ['packages/server/src/api/'],
  '@scalar/fastify-api-reference': ['packages/server/src/api/'],
  'prom-client': ['packages/server/src/api/'],
  ws: ['packages/server/src/api/'],
  nodemailer: ['packages/server/src/composition/mailer.ts'],
  jose: ['packages/server/src/api/'],
  'node:sqlite': ['packages/server/src/stores/'],
  kysely: ['packages/server/src/stores/'],
  tar: [
    'packages/server/src/drivers/archive/',
    'packages/server/src/drivers/docker/',
    'packages/server/src/composition/backup/',
    'packages/cli/src/',
  ],
  pino: ['packages/server/src/log.ts'],
  yaml: ['packages/server/src/config/file.ts', 'packages/cli/src/config-file.ts'],
  '@clack/prompts': ['packages/cli/src/ask.ts'],
  commander: ['packages/cli/src/parse.ts'],
  picocolors: ['packages/cli/src/'],
}

/** Rooms without any I/O: nothing of Node may be imported there. */
const pureRooms: readonly string[] = [
  'packages/contract/src/',
  'packages/client/src/',
  'packages/server/src/domain/',
]

/** The only files of the command line that use the server as a library; they are loaded when they are called. */
const serverCommands: readonly string[] = [
  'packages/cli/src/commands/doctor.ts',
  'packages/cli/src/commands/doctor.ts',
  'packages/cli/src/commands/down.ts',
  'packages/cli/src/commands/restore.ts',
  'packages/cli/src/commands/restore.ts',
  'packages/cli/src/commands/serve.ts',
  'packages/cli/src/commands/up.ts',
]

const readers = {
  environment: ['packages/server/src/config', 'packages/cli/src/settings.ts'],
  signals: [
    'packages/server/src/main.ts',
    'packages/server/src/drivers/local/launcher/',
    'packages/cli/src/main.ts',
    'packages/cli/src/settings.ts',
  ],
} as const

const packageEntries: Readonly<Record<string, string>> = {
  '@hatchery/contract': 'packages/contract/src/index.ts',
  '@hatchery/client': 'packages/client/src/index.ts',
  '@hatchery/server': 'packages/server/src/index.ts',
}

interface Source {
  readonly path: string
  readonly text: string
}

interface Import {
  readonly specifier: string
  readonly when: 'load' | 'later' | 'types only'
}

function importsOf(text: string): Import[] {
  const statements = text.matchAll(/^(?:import|export)\s(type\s)?(?:[^'"`]*?\sfrom\s+)?'([^']+)'/gm)
  const calls = text.matchAll(/\bimport\('([^']+)'\)/g)
  return [
    ...[...statements].map(([, type, specifier = '']) => ({
      specifier,
      when: type === undefined ? ('load' as const) : ('types only' as const),
    })),
    ...[...calls].map(([, specifier = '']) => ({ specifier, when: 'later' as const })),
  ]
}

/** A path of the repository, or the name of a library or of a part of Node. */
function targetOf({ specifier }: Import, from: string): string {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier)
  return packageEntries[specifier] ?? specifier
}

const isIn = (path: string, homes: readonly string[]): boolean =>
  homes.some((home) => path.startsWith(home))

function roomOf(path: string): Room | undefined {
  const fitting = (Object.keys(rooms) as Room[]).filter((room) => path.startsWith(room))
  return fitting.toSorted((a, b) => b.length - a.length)[0]
}

/** Why the import is not allowed; undefined when it is. */
function importProblem(one: Import, from: string): string | undefined {
  const target = targetOf(one, from)
  const arrow = `${from} -> ${target}`
  if (!target.startsWith('packages/')) return libraryProblem(target, from)
  if (target === packageEntries['@hatchery/server'] && from.startsWith('packages/cli/')) {
    return isIn(from, serverCommands) ? undefined : `${arrow}: only serve and up run a server`
  }
  const room = roomOf(from)
  const targetRoom = roomOf(target)
  if (room === undefined || targetRoom === undefined) return `${arrow}: a file without a room`
  const allowed: readonly string[] = [room, ...rooms[room].imports]
  return allowed.includes(targetRoom) ? undefined : `${arrow}: no such arrow`
}

function libraryProblem(target: string, from: string): string | undefined {
  const library = target.split('/', target.startsWith('@') ? 2 : 1).join('/')
  const homes = libraryHomes[library]
  if (homes === undefined && isBuiltin(target)) {
    return isIn(from, pureRooms) ? `${from} -> ${target}: no I/O here` : undefined
  }
  if (homes === undefined) return `${from} -> ${target}: a library without a home`
  return isIn(from, homes) ? undefined : `${from} -> ${target}: belongs into ${homes.join(', ')}`
}

const forbiddenName =
  /\b(?:class|interface|type|function|const|let)\s+(\w*(?:Manager|Helper|Util|Impl)s?(?![a-z])\w*|Base[A-Z]\w*|[A-Z]\w*Base|data|info)\b/g

function textProblems({ path, text }: Source): string[] {
  const lines = text.split('\n').length - 1
  const names = [...text.matchAll(forbiddenName)].map(([, name]) => name)
  return [
    ...(lines > 400 ? [`${path} has ${lines} lines, at most 400`] : []),
    ...names.map((name) => `${path} calls something ${name}, which says nothing`),
    ...(/(?:manager|helper|util|impl|base)s?\.ts$/.test(path)
      ? [`${path} is a name that says nothing`]
      : []),
    ...(/\bprocess\.env\b/.test(text) && !isIn(path, readers.environment)
      ? [`${path} reads the environment`]
      : []),
    ...(/\bprocess\.(?:(?:on|once)\((?!'exit')|exit\(|argv\b|exitCode = )/.test(text) &&
    !isIn(path, readers.signals)
      ? [`${path} touches signals, arguments or the exit code`]
      : []),
  ]
}

const problemsOf = (source: Source): string[] => [
  ...importsOf(source.text).flatMap((one) => importProblem(one, source.path) ?? []),
  ...textProblems(source),
]

const isGenerated = (path: string): boolean => path.startsWith('packages/client/src/generated/')

const sources: readonly Source[] = globSync('packages/*/src/**/*.{ts,tsx}', { cwd: root })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => !isGenerated(path))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))

/** Every file that is loaded with `path`, without what is loaded later. */
function loadedWith(path: string, seen = new Set<string>()): Set<string> {
  const source = sources.find((candidate) => candidate.path === path)
  if (source === undefined || seen.has(path)) return seen.add(path)
  seen.add(path)
  for (const one of importsOf(source.text)) {
    if (one.when === 'load') loadedWith(targetOf(one, path), seen)
  }
  return seen
}

describe('the house', () => {
  test('has sources to look at, each in a room', () => {
    expect(sources.length).toBeGreaterThan(50)
    expect(sources.filter(({ path }) => roomOf(path) === undefined)).toEqual([])
  })

  test('keeps its rules', () => {
    expect(sources.flatMap(problemsOf)).toEqual([])
  })

  test('loads the server into the command line only when it is asked for', () => {
    expect([...loadedWith('packages/cli/src/main.ts')]).not.toContain(
      packageEntries['@hatchery/server'],
    )
  })

  test('loads nothing but the table before a command is known, which keeps the start short', () => {
    const loaded = [...loadedWith('packages/cli/src/run-command-line.ts')]
    const late = [packageEntries['@hatchery/client'], 'commander', '@clack/prompts', 'picocolors']
    expect(loaded.filter((path) => late.includes(path))).toEqual([])
    expect(loaded.filter((path) => path.startsWith('packages/cli/src/commands/'))).toEqual([])
  })
})

describe('the rules can be broken by', () => {
  test.each([
    ['contract/src/a.ts', "import { x } from 'zod'"],
    ['contract/src/a.ts', "import { readFile } from 'node:fs'"],
    ['contract/src/a.ts', "import { x } from '@hatchery/client'"],
    ['server/src/domain/a.ts', "import { readFile } from 'node:fs'"],
    ['server/src/domain/a.ts', "import type { Api } from '../api/router.ts'"],
    ['server/src/domain/a.ts', "import Type from 'typebox'"],
    ['server/src/engine/a.ts', "import { x } from '../api/router.ts'"],
    ['server/src/engine/a.ts', "export * from '../stores/sqlite.ts'"],
    ['server/src/api/a/b.ts', "const { x } = await import('../../engine/index.ts')"],
    ['server/src/api/a.ts', "import { x } from '../config.ts'"],
    ['server/src/stores/a.ts', "import {\n  x,\n  type Y,\n} from '../drivers/local/index.ts'"],
    ['server/src/drivers/local/a.ts', "import { x } from '../fake/index.ts'"],
    ['server/src/drivers/docker/a.ts', "import { x } from '../local/index.ts'"],
    ['server/src/drivers/local/a.ts', "import { x } from '@hatchery/client'"],
    ['server/src/drivers/local/a.ts', "import { x } from 'tar'"],
    ['server/src/main.ts', "import { x } from './stores/sqlite.ts'"],
    ['server/src/config.ts', "import { x } from './server.ts'"],
    ['server/src/engine/a.ts', "import type { FastifyReply } from 'fastify'"],
    ['server/src/engine/a.ts', "import { DatabaseSync } from 'node:sqlite'"],
    ['server/src/engine/a.ts', "import { pino } from 'pino'"],
    ['server/src/engine/a.ts', "import 'left-pad'"],
    ['client/src/a.ts', "import { x } from '@hatchery/contract'"],
    ['client/src/a.ts', "import { request } from 'node:http'"],
    ['cli/src/commands/ps.ts', "import { x } from '@hatchery/server'"],
    ['cli/src/main.ts', "import { x } from '../../server/src/api/router.ts'"],
    ['cli/src/main.ts', "import { x } from '@hatchery/contract'"],
    ['testkit/src/a.ts', "import { x } from '../../server/src/drivers/fake/index.ts'"],
    ['server/src/engine/a.ts', 'const home = process.env.HOME'],
    ['server/src/engine/a.ts', "process.on('SIGINT', stop)"],
    ['server/src/engine/a.ts', 'export class PortManager {}'],
    ['server/src/engine/a.ts', 'export interface BaseDriver {}'],
    ['server/src/engine/a.ts', 'const data = 1'],
    ['server/src/engine/port-helpers.ts', 'export const port = 1'],
    ['server/src/engine/a.ts', '\n'.repeat(401)],
  ])('%s with %j', (path, text) => {
    expect(problemsOf({ path: `packages/${path}`, text })).toHaveLength(1)
  })

  test.each([
    ['contract/src/a.ts', "import Type, { type Static } from 'typebox'"],
    ['server/src/domain/a.ts', "import type { Region } from '@hatchery/contract'"],
    ['server/src/engine/a.ts', "import { x } from '../domain/process.ts'\nimport 'node:fs'"],
    ['server/src/server.ts', "import { x } from './stores/sqlite.ts'"],
    ['server/src/drivers/archive/a.ts', "import { x } from 'tar'"],
    ['server/src/config/a.ts', 'const base = process.env.HOME'],
    ['cli/src/commands/up.ts', "import { startServer } from '@hatchery/server'"],
    ['cli/src/a.ts', "import { baseUrl, dataFolder } from '@hatchery/client'\nconst baseUrl = 1"],
  ])('not by %s with %j', (path, text) => {
    expect(problemsOf({ path: `packages/${path}`, text })).toEqual([])
  })
})
