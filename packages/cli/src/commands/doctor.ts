/** `hatchery doctor`: what this machine can and cannot do, and what follows from it. Talks to no server. */
import { type Finding, diagnose, readConfig } from '@hatchery/server'
import type { Input } from '../command.ts'
import type { Context } from '../context.ts'

const states = { yes: 'yes', limited: 'limited', no: 'NO' } as const satisfies Record<
  Finding['state'],
  string
>

/** Exit 1 when something will not work. */
export async function doctor(
  { cwd, env, out }: Context,
  { flags }: Input<{ data: string; check: boolean; docker: boolean }>,
): Promise<number> {
  const isRoot = process.getuid?.() === 0
  const argv = ['--data', flags.data, ...(flags.docker ? ['--docker'] : [])]
  const config = readConfig({ argv, env, cwd, isRoot })
  const findings = await diagnose(config, flags.check)
  if (out.isTerminal && out.format === 'text') out.text(findings.map(lines).join('\n'))
  else list(findings, out)
  return findings.some(({ state }) => state === 'no') ? 1 : 0
}

/** Sentences do not fit into columns: two lines each. */
const lines = ({ topic, state, found, means }: Finding): string =>
  `${states[state].padEnd(8)} ${topic}: ${found}\n         ${means}`

function list(findings: readonly Finding[], out: Context['out']): void {
  out.list(findings, {
    columns: [
      { name: 'topic', of: ({ topic }) => topic },
      { name: 'works', of: ({ state }) => states[state] },
      { name: 'found', of: ({ found }) => found },
      { name: 'means', of: ({ means }) => means },
    ],
    id: ({ topic }) => topic,
    empty: 'nothing was looked at',
  })
}
