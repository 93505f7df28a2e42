/** Who listens, told by the kernel; for the references, which watch for it in the same way as the product. */
import { createListenTrace } from '../../packages/server/src/drivers/local/launcher/listen-trace.ts'

export interface ListenEvents {
  /** Resolves when something listens on the port. Ask before it is started. */
  until(port: number): Promise<void>
  close(): Promise<void>
}

/** Undefined where the kernel does not tell: no root, or no tracing. */
export async function openListenEvents(): Promise<ListenEvents | undefined> {
  const waiting = new Map<number, () => void>()
  const trust = Promise.withResolvers<boolean>()
  const trace = createListenTrace({
    onListen: (port) => waiting.get(port)?.(),
    onTrust: trust.resolve,
  })
  if (!(await trust.promise)) return undefined
  return {
    until: (port) =>
      new Promise((resolve) => {
        waiting.set(port, () => {
          waiting.delete(port)
          resolve()
        })
      }),
    close: trace.close,
  }
}
