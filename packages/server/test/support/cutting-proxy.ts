/** Something between client and server that cuts connections, as bad networks do. */
import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net'
import { onTestFinished } from 'vitest'

export interface CuttingProxy {
  readonly url: string
  /** Connections that are open. */
  connections(): number
  /** Cuts all there are. */
  cut(): void
  /** Cuts what comes, too, until `mend`. */
  block(): void
  mend(): void
  /** Where it leads from now on. */
  lead(target: string): void
  /** Cuts each new connection when so many bytes of the answer went through; null: none. */
  cutAfter(bytes: () => number | null): void
}

export async function aCuttingProxy(url: string): Promise<CuttingProxy> {
  let target = url
  const open = new Set<Socket>()
  let blocked = false
  let limit: () => number | null = () => null
  const server: Server = createServer((near) => {
    if (blocked) return near.destroy()
    const { hostname, port } = new URL(target)
    const far = connect(Number(port), hostname)
    const most = limit()
    let count = 0
    open.add(near)
    const end = (): void => {
      open.delete(near)
      near.destroy()
      far.destroy()
    }
    for (const socket of [near, far]) socket.on('error', end).on('close', end)
    near.pipe(far)
    far.on('data', (bytes) => {
      const left = most === null ? bytes.byteLength : Math.max(0, most - count)
      count += bytes.byteLength
      near.write(bytes.subarray(0, left))
      // A reset would take what is on its way with it.
      if (left < bytes.byteLength) near.end(end)
    })
    return near
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const cut = (): void => {
    for (const socket of open) socket.destroy()
  }
  onTestFinished(() => {
    cut()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => open.size,
    cut,
    block() {
      blocked = true
      cut()
    },
    mend: () => void (blocked = false),
    lead: (next) => void (target = next),
    cutAfter: (bytes) => void (limit = bytes),
  }
}
