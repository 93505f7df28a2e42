/** Something between client and server over which no request arrives whole: as a line that breaks off without a word. */
import { type AddressInfo, connect, createServer } from 'node:net'
import { onTestFinished } from 'vitest'

/** So much of each request comes through: not even its first line. */
const bytesThrough = 10

/** Answers go back as they are. */
export async function aStallingProxy(target: string): Promise<string> {
  const { hostname, port } = new URL(target)
  const server = createServer((near) => {
    const far = connect(Number(port), hostname)
    near.once('data', (bytes) => far.write(bytes.subarray(0, bytesThrough)))
    far.pipe(near)
    for (const socket of [near, far])
      socket.on('error', () => {
        near.destroy()
        far.destroy()
      })
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
