/**
 * The parts of documentation pages that are made from code. `node scripts/docs.ts --write` renews them; without
 * `--write` it ends with 1 when one is stale.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ErrorCode, type Operation, errorCodes, operations } from '@hatchery/contract'
import {
  commandsMarkdown,
  commonFlagsMarkdown,
  exitCodesMarkdown,
} from '../packages/cli/src/reference.ts'
import { table as commands } from '../packages/cli/src/table.ts'
import { type SettingRow, settingsTable } from '../packages/server/src/config.ts'
import { errorTexts } from './error-texts.ts'

export interface Page {
  /** From the repository's root. */
  readonly path: string
  /** Markdown by the name in the page's markers. */
  readonly parts: Readonly<Record<string, string>>
}

const root = join(import.meta.dirname, '..')

export const freshPages = (): Page[] => [
  { path: 'docs/configuration.md', parts: { settings: settingsMarkdown() } },
  { path: 'docs/errors.md', parts: { errors: errorsMarkdown() } },
  { path: 'docs/tokens.md', parts: { scopes: scopesMarkdown() } },
  {
    path: 'docs/cli.md',
    parts: {
      'exit-codes': exitCodesMarkdown(),
      'common-flags': commonFlagsMarkdown(commands),
      commands: commandsMarkdown(commands),
    },
  },
]

/** The page's text with each part between `<!-- generated: name -->` and `<!-- end -->` made anew. */
export function withParts(text: string, { path, parts }: Page): string {
  return Object.entries(parts).reduce((current, [name, part]) => {
    const between = new RegExp(`(<!-- generated: ${name} -->\n)[^]*?(<!-- end -->)`)
    if (!between.test(current)) throw new Error(`${path} has no markers for the part ${name}`)
    return current.replace(
      between,
      (_all, start: string, end: string) => `${start}\n${part}\n\n${end}`,
    )
  }, text)
}

function settingsMarkdown(): string {
  const rows = settingsTable()
  const sections = new Set(rows.map(sectionOf))
  return [...sections]
    .map((section) => [
      `### ${section === '' ? 'At the top' : `\`${section}\``}`,
      '',
      ...table(
        ['Key', 'Default', 'Allowed', 'What it is'],
        rows
          .filter((row) => sectionOf(row) === section)
          .map((row) => [`\`${row.key}\``, row.default, row.allowed, row.description]),
      ),
    ])
    .map((lines) => lines.join('\n'))
    .join('\n\n')
}

const sectionOf = ({ key }: SettingRow): string => key.slice(0, Math.max(key.indexOf('.'), 0))

function errorsMarkdown(): string {
  const codes = Object.keys(errorCodes) as ErrorCode[]
  return table(
    ['Code', 'Status', 'When', 'What to do'],
    codes.map((code) => [
      `<a id="${code}"></a>\`${code}\``,
      String(errorCodes[code]),
      errorTexts[code].when,
      errorTexts[code].wayOut,
    ]),
  ).join('\n')
}

function scopesMarkdown(): string {
  return table(
    ['Tag', 'Operation', 'Needs', 'Own'],
    Object.values<Operation>(operations).map(({ tag, id, access, process }) => [
      tag,
      `\`${id}\``,
      neededText(access),
      process ? 'own' : '',
    ]),
  ).join('\n')
}

function neededText(access: Operation['access']): string {
  if (access === 'public') return 'no token'
  if (access === 'player') return 'the token of a player'
  if (access === 'signed') return 'its signed URL'
  if (access === 'operator') return 'an operator'
  return access.map((scope) => `\`${scope}\``).join(', ') || 'any token'
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)]
}

export const textOf = ({ path }: Page): string => readFileSync(join(root, path), 'utf8')

if (import.meta.main) {
  const pages = freshPages()
  if (process.argv.includes('--write')) {
    for (const page of pages) writeFileSync(join(root, page.path), withParts(textOf(page), page))
  }
  const stale = pages.filter((page) => textOf(page) !== withParts(textOf(page), page))
  for (const { path } of stale) console.error(`${path} is stale: npm run check -- --write`)
  process.exitCode = stale.length === 0 ? 0 : 1
}
