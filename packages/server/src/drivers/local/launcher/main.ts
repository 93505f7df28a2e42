/**
 * The launcher: a small process of its own that starts games and watches them, so that the server never forks (which
 * blocks it for as long as its memory is large). It is spoken to over the inherited channel only, holds no truth, ends
 * when the channel closes, and finds everything again on disk when it is started anew. It imports Node's own modules
 * only, to stay small.
 */
import { createLauncher, type Launcher } from './launcher.ts'
import type { FromLauncher, Request, ToLauncher } from './protocol.ts'

const send = (message: FromLauncher): void => {
  // What cannot be sent any more is on disk for the next one; the channel's end ends us.
  if (process.connected) process.send?.(message, () => {})
}

let launcher: Promise<Launcher> | undefined

async function answer(number: number, request: Request): Promise<void> {
  try {
    const opened = await launcher
    const traffic = await opened?.handle(request)
    send({ kind: 'answer', number, ...(traffic !== undefined && { traffic }) })
  } catch (error) {
    send({ kind: 'refusal', number, refusal: refusalOf(error) })
  }
}

/** Whatever a start meets that nobody foresaw (no memory, no file descriptors) may pass. */
function refusalOf(error: unknown) {
  const { message, temporary, portTaken } = error as Partial<Record<string, unknown>>
  return {
    message: typeof message === 'string' ? message : String(error),
    temporary: temporary !== false,
    portTaken: portTaken === true,
  }
}

process.on('message', (message: ToLauncher) => {
  if (message.kind === 'open') launcher ??= createLauncher(message.options, send)
  else {
    void answer(message.number, message.request)
    if (message.request.kind === 'start') tidyLater()
  }
})

let tidying: NodeJS.Timeout | undefined

/**
 * Collects garbage once nothing was started for a while. The heap is too small for V8 to care, and what a thousand starts
 * leave in it is more than what a thousand running games need.
 */
function tidyLater(): void {
  tidying ??= setTimeout(() => {
    tidying = undefined
    globalThis.gc?.()
  }, tidyAfterMs)
  tidying.refresh()
}

const tidyAfterMs = 1000

// Waiting shims end with their orders' end, which closes with us.
process.on('disconnect', () => process.exit())
