// A game server of a few lines: it answers every datagram with a greeting. Its port comes in PORT.
import { createSocket } from 'node:dgram'

const port = Number(process.env.PORT)
const players = new Set()
const socket = createSocket('udp4')

socket.on('message', (message, player) => {
  const name = `${player.address}:${player.port}`
  if (!players.has(name)) console.log(`player ${name} joined`)
  players.add(name)
  socket.send(`hello ${name}, you said: ${message}`, player.port, player.address)
})

socket.on('error', (error) => {
  console.error(`cannot go on: ${error.message}`)
  process.exit(1)
})

socket.bind(port, () => console.log(`listening on udp ${port} in ${process.env.HATHORA_REGION}`))

// Hatchery asks a game to end with SIGTERM and gives it time to say goodbye.
process.on('SIGTERM', () => {
  console.log(`bye, ${players.size} players were here`)
  process.exit(0)
})
