/** `hatchery events`: what changes, a line each, until Ctrl-C. */
import type { Input } from '../command.ts'
import type { Context } from '../context.ts'
import { findProcess } from '../find-process.ts'

export async function events(
  context: Context,
  { flags }: Input<{ kind: readonly string[]; process: string | undefined }>,
): Promise<void> {
  const { out } = context
  const client = await context.client()
  const process =
    flags.process === undefined ? undefined : await findProcess(context, { words: [flags.process] })
  const changes = client.followEvents({
    appId: process?.appId ?? (context.namedApp() === undefined ? null : await context.appId()),
    processId: process?.processId,
    ...(flags.kind.length > 0 && { kinds: flags.kind }),
    signal: context.interrupted(),
    onState: (state) => out.say(state === 'connected' ? 'following what changes' : 'reconnecting…'),
  })
  for await (const { kind, ...change } of changes)
    out.line({ event: kind, ...change }, `${kind}\t${JSON.stringify(change)}`)
}
