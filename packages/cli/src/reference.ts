/** The reference page of the command line, as Markdown, made from the table. */
import { type AnyCommand, type FlagSpecs, nameOf, sections } from './command.ts'
import { commonFlagsOf } from './common-flags.ts'
import { exitCodes } from './failure.ts'
import { about, flagForm, usage } from './help.ts'

export const commandsMarkdown = (table: readonly AnyCommand[]): string =>
  sections
    .flatMap((section) => [
      `## ${section[0]?.toUpperCase()}${section.slice(1)}`,
      ...table
        .filter((command) => command.section === section && command.hidden !== true)
        .map(commandMarkdown),
    ])
    .join('\n\n')

/** The flags that many commands share, once. */
export function commonFlagsMarkdown(table: readonly AnyCommand[]): string {
  const groups: Record<string, FlagSpecs> = {}
  for (const command of table)
    for (const [title, specs] of Object.entries(commonFlagsOf(command)))
      groups[title] = { ...groups[title], ...specs }
  return Object.entries(groups)
    .flatMap(([title, specs]) => [`For ${title}:`, flagsTable(specs)])
    .join('\n\n')
}

export const exitCodesMarkdown = (): string =>
  [
    '| Exit code | When |',
    '| --- | --- |',
    ...Object.entries(exitCodes).map(([code, meaning]) => `| ${code} | ${meaning} |`),
  ].join('\n')

function commandMarkdown(command: AnyCommand): string {
  const { summary, details, aliases = [], arguments: specs = [], examples } = command
  const also = aliases.map((path) => `\`hatchery ${path.join(' ')}\``).join(', ')
  const parts = [
    `### ${nameOf(command)}`,
    `${summary[0]?.toUpperCase()}${summary.slice(1)}.`,
    `\`${usage(command)}\``,
    details === undefined ? '' : `\`\`\`text\n${details}\n\`\`\``,
    specs.map(({ name, description }) => `- \`${name}\`: ${description}`).join('\n'),
    command.kind === 'command' ? flagsTable(command.flags) : 'Flags: the settings of the server.',
    also === '' ? '' : `Also: ${also}`,
    `\`\`\`sh\n${examples.join('\n')}\n\`\`\``,
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

function flagsTable(specs: FlagSpecs): string {
  const rows = Object.entries(specs).map(
    ([name, spec]) => `| \`${inCell(flagForm(name, spec))}\` | ${inCell(about(spec))} |`,
  )
  return rows.length === 0 ? '' : ['| Flag | What it does |', '| --- | --- |', ...rows].join('\n')
}

const inCell = (text: string): string => text.replaceAll('|', '\\|')
