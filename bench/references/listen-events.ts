/** Who listens, told by the kernel; for the references, which watch for it in the same way as the product. */
import { createListenTrace } from '../../packages/server/src/drivers/local/launcher/listen-trace.ts'

export interface ListenEvents {
  /** Resolves with the pid of what listens on the port. Ask before it is started. */
  until(port: number): Promise<number>
  close(): Promise<void>
}

/** Undefined where the kernel does not tell: no root, or no tracing. */
export async function openListenEvents(): Promise<ListenEvents | undefined> {
  const waiting = new Map<number, (pid: number) => void>()
  const trust = Promise.withResolvers<boolean>()
  const trace = createListenTrace({
    onListen: (port, pid) => waiting.get(port)?.(pid),
    onTrust: trust.resolve,
  })
  if (!(await trust.promise)) return undefined
  return {
    until: (port) =>
      new Promise((resolve) => {
        waiting.set(port, (pid) => {
          waiting.delete(port)
          resolve(pid)
        })
      }),
    close: trace.close,
  }
}
