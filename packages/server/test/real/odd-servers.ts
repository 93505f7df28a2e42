/** Game servers with something odd about them, of a few lines each. They run on the Node that Hatchery shows to games. */
import { createSocket } from 'node:dgram'

type Files = Readonly<Record<string, string>>

const onNode = (source: string): Files => ({
  Procfile: 'server: exec "$HATCHERY_NODE" server.mjs\n',
  'server.mjs': source,
})

const bindsUdp = `
import { createSocket } from 'node:dgram'
const socket = createSocket('udp4')
`

/** Binds its port, then does what datagrams tell it: see `order`. */
export const obedient = onNode(`${bindsUdp}
import { spawn } from 'node:child_process'


const orders = {
  exit: (code) => process.exit(Number(code)),
  crash: () => process.kill(process.pid, 'SIGSEGV'),
  say: (text) => console.log(text),
  burst(lines) {
    for (let line = 0; line < Number(lines); line += 1) console.log(line + ' ' + 'x'.repeat(90))
  },
  eat() {
    const eaten = []
    setInterval(() => eaten.push(Buffer.alloc(64 * 1_048_576, 1)), 1)
  },
  leave() {
    const idle = ['-e', 'setInterval(() => {}, 1000)']
    const child = spawn(process.execPath, idle, { detached: true, stdio: 'ignore' })
    child.once('spawn', () => process.exit(0))
  },
}
socket.on('message', (message) => {
  const [name, argument] = String(message).split(' ')
  orders[name](argument)
})
socket.bind(Number(process.env.PORT))
`)

export type Order =
  | 'exit 0'
  | 'exit 3'
  | 'crash'
  | 'eat'
  | 'leave'
  | `say ${string}`
  | `burst ${number}`

/** Tells an obedient server what to do. */
export async function order(port: number, text: Order): Promise<void> {
  const socket = createSocket('udp4')
  await new Promise<void>((resolve, reject) => {
    socket.send(text, port, '127.0.0.1', (error) => (error === null ? resolve() : reject(error)))
  })
  socket.close()
}

/** What the order `burst` makes an obedient server write. */
export const burstLines = (count: number): string[] =>
  Array.from({ length: count }, (_, line) => `${line} ${'x'.repeat(90)}`)

/** Does not end by SIGTERM, and neither does the child that it has before it binds its port. */
export const stubborn = onNode(`${bindsUdp}
import { spawn } from 'node:child_process'

process.on('SIGTERM', () => console.log('no'))
const child = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); process.stdout.write('up')"
spawn(process.execPath, ['-e', child], { stdio: ['ignore', 'pipe', 'ignore'] }).stdout.once('data', () =>
  socket.bind(Number(process.env.PORT)),
)
`)

/** Says what stands in a file of its archive, changes it, adds another one, and binds its port. */
export const scribbling: Files = {
  ...onNode(`${bindsUdp}
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
console.log(readFileSync('saved/world.txt', 'utf8'), readdirSync('saved').join())
writeFileSync('saved/world.txt', 'changed')
writeFileSync('saved/more.txt', 'new')
socket.bind(Number(process.env.PORT))
`),
  'saved/world.txt': 'as it was',
}

/** Writes down its whole environment, then binds its port. */
export const candid = onNode(`${bindsUdp}
console.log(JSON.stringify(process.env))
socket.bind(Number(process.env.PORT))
`)

/** Binds the port after its own. */
export const elsewhere = onNode(`${bindsUdp}
socket.bind(Number(process.env.PORT) + 1)
`)

/** Binds its port with TCP, whatever is wanted. */
export const overTcp = onNode(`
import { createServer } from 'node:net'
createServer().listen(Number(process.env.PORT), '127.0.0.1')
`)

/** A start command in a shell, without any program of its own. */
export const shell = (command: string): Files => ({ Procfile: `server: ${command}\n` })
