// The test game: does what GAME_* tells it to.
import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'

const { GAME_DOES = '', GAME_HOST, GAME_PORT, GAME_TRANSPORT = 'udp' } = process.env
const port = Number(GAME_PORT ?? process.env.PORT)

appendFileSync('started', 'once\n')
console.log(`started as ${process.getuid()}`)
process.on('SIGTERM', () => {
  if (GAME_DOES !== 'ignore') process.exit(0)
})
// How tests end it "by itself": the code stands in a file of its home.
setInterval(() => {
  try {
    const code = readFileSync(`${process.env.HOME}/exit-now`, 'utf8')
    // Empty while it is being written.
    if (code !== '') process.exit(Number(code))
  } catch {}
}, 20)

if (GAME_DOES.startsWith('exit ')) process.exit(Number(GAME_DOES.slice(5)))
if (GAME_DOES.startsWith('die ')) process.kill(process.pid, GAME_DOES.slice(4))
if (GAME_DOES === 'eat') {
  const eaten = []
  setInterval(() => eaten.push(Buffer.alloc(16_777_216, 1)), 5)
}
if (GAME_DOES === 'burn') {
  while (process.cpuUsage().user < 1_200_000) for (let i = 0; i < 10_000_000; i += 1);
}
if (GAME_DOES === 'children') {
  const child = spawn(
    '/bin/sh',
    ['-c', 'trap "" TERM; echo $$ >child; while :; do sleep 0.1; done'],
    {
      detached: true,
      stdio: 'ignore',
      env: { PATH: process.env.PATH },
    },
  )
  child.unref()
}
if (GAME_DOES === 'tell') {
  writeFileSync(
    'told',
    JSON.stringify({
      status: readFileSync('/proc/self/status', 'utf8'),
      env: process.env,
      cwd: process.cwd(),
    }),
  )
}
if (GAME_DOES !== 'bind nothing') {
  if (GAME_TRANSPORT === 'udp') bindUdp()
  else createServer((socket) => socket.on('error', () => {})).listen(port, GAME_HOST)
}

function bindUdp() {
  const socket = createSocket(GAME_HOST?.includes(':') ? 'udp6' : 'udp4')
  socket.on('message', (message, from) => socket.send(message, from.port, from.address))
  socket.bind(port, GAME_HOST)
}
