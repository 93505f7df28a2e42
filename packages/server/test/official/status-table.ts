/** Which error statuses of which operations the tests provoke, as the table of docs/api.md. */
import type { Operation } from '@hatchery/contract'
import { never, reasons } from './never.ts'
import type { OfficialId } from './calls.ts'

const statuses = [400, 401, 402, 404, 408, 410, 422, 429, 500] as const

export function statusTable(
  published: readonly Operation[],
  met: ReadonlyMap<string, ReadonlySet<number>>,
): string {
  const cell = (operation: Operation, status: (typeof statuses)[number]): string => {
    if (!operation.errors.includes(status)) return ''
    if (met.get(operation.id)?.has(status) === true) return '✓'
    return reasonOf(operation.id, status) ?? 'untested'
  }
  const row = (operation: Operation): string[] => [
    ...[operation.tag, `\`${operation.id}\``, String(operation.answer.status)],
    ...statuses.map((status) => cell(operation, status)),
  ]
  const head = ['tag', 'operation', 'answers', ...statuses.map(String)]
  const lines = [head, head.map(() => '---'), ...published.map(row)]
  const notes = Object.entries(reasons).map(([letter, why]) => `- ${letter}: ${why}.`)
  return [lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n'), notes.join('\n')].join(
    '\n\n',
  )
}

/** Of a status that is never answered. */
export const reasonOf = (id: string, status: number): string | undefined =>
  status === 500 ? 'd' : never[status]?.[id as OfficialId]
