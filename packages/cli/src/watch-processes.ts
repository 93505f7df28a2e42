/** `hatchery ps --watch`: the table, drawn anew when something changed; off a terminal, a line for each change. */
import type { ProcessV3 } from '@hatchery/client'
import { type PsFlags, matching } from './commands/ps.ts'
import type { Context } from './context.ts'
import { chosen, fitted, sorted, tabbed } from './output/table.ts'
import { type ProcessRow, processColumns } from './process-columns.ts'
import { processRows } from './process-rows.ts'

/** Changes that come together are drawn once. */
const togetherMs = 200
/** Ages and measurements change without an event. */
const redrawMs = 5000

export async function watchProcesses(context: Context, flags: PsFlags): Promise<void> {
  const { out } = context
  const client = await context.client()
  const appId = await context.appId()
  const signal = context.interrupted()
  let note = ''
  const look = async (): Promise<ProcessRow[]> => {
    const { taken } = await matching(client, appId, { flags, context })
    const withUsage = out.isTerminal && out.format === 'text'
    return await processRows(client, taken, { appId, now: context.now(), withUsage })
  }
  const show = out.isTerminal && out.format === 'text' ? drawer(context) : reporter(context)
  const redraw = collected(async () => show(await look(), note))
  const timer = out.isTerminal ? setInterval(redraw.ask, redrawMs) : undefined
  try {
    const onState = (state: string): void => {
      note = state === 'connected' ? '' : 'reconnecting…'
      redraw.ask()
    }
    const kinds = ['process', 'room'] as const
    for await (const _change of client.followEvents({ appId, kinds, signal, onState })) redraw.ask()
  } finally {
    clearInterval(timer)
    await redraw.done()
  }
}

/** Runs `work` soon after it is asked for, once for all that ask together, never twice at once. */
function collected(work: () => Promise<void>): { ask: () => void; done: () => Promise<void> } {
  let waiting = false
  let running: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  return {
    ask() {
      if (waiting) return
      waiting = true
      timer = setTimeout(() => {
        waiting = false
        // A look that fails is followed by the next one; the stream says when the server is away.
        running = running.then(work).catch(() => {})
      }, togetherMs)
    },
    async done() {
      clearTimeout(timer)
      await running
    },
  }
}

/** Draws over what it drew before. */
function drawer({
  flags,
  now,
  out: { paint },
}: Context): (rows: ProcessRow[], note: string) => void {
  let drawn = 0
  return (rows, note) => {
    const { columns: width, rows: height } = process.stdout
    const columns = chosen(processColumns, flags.columns)
    const table = fitted(sorted(rows, processColumns, flags.sort), columns, {
      width,
      now: now(),
      paint,
    })
    const lines = [...table.slice(0, height - 2), ...(note === '' ? [] : [note])]
    const back = drawn === 0 ? '' : `\u001b[${drawn}A\r\u001b[J`
    process.stdout.write(`${back}${lines.join('\n')}\n`)
    drawn = lines.length
  }
}

/** A line for each process that is new or looks different. */
function reporter({ flags, out }: Context): (rows: ProcessRow[]) => void {
  const columns = chosen(processColumns, flags.columns)
  const last = new Map<string, string>()
  return (rows) => {
    for (const row of rows) {
      const text = JSON.stringify(row.process satisfies ProcessV3)
      if (last.get(row.process.processId) === text) continue
      last.set(row.process.processId, text)
      if (out.format === 'json') out.line(row.process, '')
      else
        out.text(out.format === 'text' ? (tabbed([row], columns)[0] ?? '') : row.process.processId)
    }
  }
}
