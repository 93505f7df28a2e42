/** Game servers that nobody here wrote, as Debian packs them, each with a player who speaks its protocol. */
import { existsSync } from 'node:fs'
import { joinFreeciv } from './freeciv.ts'
import { askTeeworlds } from './teeworlds.ts'

export interface Game {
  readonly name: string
  /** The Debian package that it comes in. */
  readonly debianPackage: string
  readonly program: string
  readonly transportType: 'tcp' | 'udp'
  /** Starts it; it announces itself nowhere. */
  readonly procfile: string
  /** What a player hears from it, as text that names the game. */
  readonly ask: (port: number) => Promise<string>
  readonly answer: string
  /** A line of its log once it runs. */
  readonly logLine: RegExp
  /** How it ends when it is asked to: null where SIGTERM just kills it. */
  readonly exitCode: number | null
}

const teeworlds: Game = {
  name: 'Teeworlds',
  debianPackage: 'teeworlds-server',
  program: '/usr/games/teeworlds-server',
  transportType: 'udp',
  procfile:
    'server: teeworlds-server "sv_register 0" "sv_port $PORT" "sv_name arena in $HATHORA_REGION"\n',
  async ask(port) {
    const { name, map, players } = await askTeeworlds(port)
    return `${name}, map ${map}, ${players} players`
  },
  answer: 'arena in Seattle, map dm1, 0 players',
  logLine: /server name is 'arena in Seattle'/,
  exitCode: null,
}

const freeciv: Game = {
  name: 'Freeciv',
  debianPackage: 'freeciv-server',
  program: '/usr/games/freeciv-server',
  transportType: 'tcp',
  procfile: 'server: freeciv-server --Announce none --port $PORT\n',
  async ask(port) {
    const { mayJoin, message } = await joinFreeciv(port, 'ada')
    return `${mayJoin ? 'welcome' : 'refused'}: ${message}`
  },
  answer: 'welcome: ada Welcome',
  logLine: /Now accepting new client connections on port \d+/,
  exitCode: 0,
}

export const games: readonly Game[] = [teeworlds, freeciv]

/** Why a test of this game cannot run here; undefined where it can. */
export const missing = ({ program, debianPackage, name }: Game): string | undefined =>
  existsSync(program)
    ? undefined
    : `${name} is not installed: apt-get install --no-install-recommends ${debianPackage}`
