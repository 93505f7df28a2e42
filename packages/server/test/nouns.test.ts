/** docs/nouns.md against the code: what is listed there is all there is, in the same words. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  buildStatuses,
  operations,
  processStatuses,
  regions,
  scopes,
  transportTypes,
} from '@hatchery/contract'
import { describe, expect, test } from 'vitest'
import { type ExitReason, describe as inWords } from '../src/domain/exit-reason.ts'
import { canAdvance } from '../src/domain/process.ts'

const page = readFileSync(join(import.meta.dirname, '../../../docs/nouns.md'), 'utf8')

/** The part of the page below a heading of the second level. */
function section(heading: string): string {
  const [, text] = page.split(`\n## ${heading}\n`)
  if (text === undefined) throw new Error(`docs/nouns.md has no "## ${heading}"`)
  return text.split('\n## ')[0] ?? ''
}

/** What stands as code in the first column of the tables of a part. */
const firstColumn = (text: string): string[] =>
  [...text.matchAll(/^\| `([^`]+)` \|/gm)].map(([, code = '']) => code)

const codeIn = (text: string): string[] =>
  [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)

/** Every kind of exit reason, in each of its wordings. */
const reasons: { readonly [K in ExitReason['kind']]: readonly Extract<ExitReason, { kind: K }>[] } =
  {
    code: [{ kind: 'code', code: 3 }],
    signal: [{ kind: 'signal', signal: 'SIGSEGV' }],
    'out-of-memory': [{ kind: 'out-of-memory', limitMb: 512 }],
    requested: [{ kind: 'requested' }],
    idle: [{ kind: 'idle', minutes: 5 }],
    drained: [{ kind: 'drained' }],
    lifetime: [{ kind: 'lifetime', hours: 24 }],
    replaced: [{ kind: 'replaced', deploymentId: 'dep-1' }],
    unbound: [null, '7778/udp', '7777/tcp'].map((instead) => ({
      ...{ kind: 'unbound', wanted: '7777/udp', seconds: 100, instead },
    })),
    lost: [{ kind: 'lost', cause: 'machine restarted' }],
    unstarted: [{ kind: 'unstarted', cause: 'no free port on local' }],
  }

/** A wording of the page as a pattern: `<…>` stands for one value, that of a cause for any words. */
const pattern = (wording: string): RegExp =>
  new RegExp(
    `^${wording
      .split(/(<[^>]+>)/)
      .map((part) =>
        part === '<cause>' ? '.+' : part.startsWith('<') ? '[^ :]+' : RegExp.escape(part),
      )
      .join('')}$`,
  )

describe('docs/nouns.md', () => {
  test('lists every status of a process and of a build', () => {
    expect(firstColumn(section('Statuses of a process'))).toEqual([...processStatuses])
    expect(firstColumn(section('Statuses of a build'))).toEqual([...buildStatuses])
  })

  test('names for each status those that may follow', () => {
    const rows = section('Statuses of a process').matchAll(/^\| `(\w+)` \| .* \| (.*) \|$/gm)
    const told = [...rows].map(([, from, to = '']) => ({ from, to: codeIn(to) }))
    expect(told).toEqual(
      processStatuses.map((from) => ({
        from,
        to: processStatuses.filter((to) => canAdvance(from, to)),
      })),
    )
  })

  test('lists every wording of an exit reason, each once', () => {
    const wordings = firstColumn(section('Exit reasons'))
    const said = Object.values(reasons).flatMap((list) => list.map((reason) => inWords(reason)))
    const found = said.map((line) => ({
      line,
      wordings: wordings.filter((wording) => pattern(wording).test(line)),
    }))
    expect(found.filter((one) => one.wordings.length !== 1)).toEqual([])
    const used = found.flatMap((one) => one.wordings)
    expect(wordings.toSorted()).toEqual(used.toSorted())
  })

  test('lists the regions, the transports and the scopes', () => {
    expect(codeIn(section('Regions').split('The setting')[0] ?? '')).toEqual([...regions])
    expect(firstColumn(section('Transports'))).toEqual([...transportTypes])
  })

  test('tells the scopes that operations need from those that none needs', () => {
    const needed = new Set<string>(
      Object.values(operations).flatMap(({ access }) =>
        typeof access === 'string' ? [] : [...access],
      ),
    )
    const [, today = '', known = ''] =
      /\nNeeded by ([^]*?)\n\nKnown, ([^]*)$/.exec(section('Scopes')) ?? []
    expect(codeIn(today)).toEqual(scopes.filter((scope) => needed.has(scope)))
    expect(codeIn(known)).toEqual(scopes.filter((scope) => !needed.has(scope)))
  })
})
