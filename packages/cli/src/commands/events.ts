/** `hatchery events`: what changes, a line each, until Ctrl-C. */
import type { Input } from '../command.ts'
import type { Context } from '../context.ts'
import { findProcess } from '../find-process.ts'
import { followEvents } from '../follow-events.ts'

export async function events(
  context: Context,
  { flags }: Input<{ kind: readonly string[]; process: string | undefined }>,
): Promise<void> {
  const { out } = context
  const client = await context.client()
  const process =
    flags.process === undefined ? undefined : await findProcess(context, { words: [flags.process] })
  const changes = followEvents(client, {
    appId: process?.appId ?? (context.namedApp() && (await context.appId())),
    processId: process?.processId,
    kinds: flags.kind,
    signal: context.interrupted(),
    onState: (state) => out.say(state === 'connected' ? 'following what changes' : 'reconnecting…'),
  })
  for await (const { kind, value } of changes)
    out.line({ event: kind, ...asRecord(value) }, `${kind}\t${JSON.stringify(value)}`)
}

const asRecord = (value: unknown): object =>
  typeof value === 'object' && value !== null ? value : { value }
