/** What `hatchery up` prints once everything runs: at most 22 lines, the same in a pipe but for colour and the token. */
import { relative } from 'node:path'
import type { ProcessV3, ProcessView } from '@hatchery/client'
import { createColors } from 'picocolors'
import type { SampleGame } from './sample-game.ts'

export interface UpReport {
  readonly version: string
  readonly address: string
  readonly data: string
  readonly cwd: string
  readonly tokenFile: string
  /** Shown on a terminal only; else its file's path is. */
  readonly token: string | undefined
  readonly game: SampleGame
  readonly view: ProcessView
  /** How the server came to run: started just now, or found running. */
  readonly server:
    | { readonly kind: 'started'; readonly seconds: number }
    | { readonly kind: 'found'; readonly pid: number }
  readonly notes: readonly string[]
  readonly now: number
  readonly colour: boolean
}

export function upReport(report: UpReport): string {
  const { bold, dim } = createColors(report.colour)
  const row = (name: string, value: string, rest = ''): string =>
    `  ${name.padEnd(9)} ${bold(value)}${rest && dim(rest)}`
  const { appId, appName, process } = report.game
  const tokenPath = shown(report.tokenFile, report.cwd)
  return [
    `  ${bold(`Hatchery ${report.version}`)}   ${serverState(report)}`,
    '',
    row('API', report.address),
    report.token === undefined
      ? row('Token', tokenPath, '   holds the admin token')
      : row('Token', report.token, `   admin, kept in ${tokenPath}`),
    row('App', `${appName}  ${appId}`),
    row('Game', gameAddress(process), `   ${gameState(report)}`),
    row('Data', shown(report.data, report.cwd), '   kept until you delete it'),
    ...notes(report).map((note) => row('Note', '', note)),
    '',
    '  Try next',
    `    npx hatchery ps --watch                         ${dim('see what runs')}`,
    `    npx hatchery run ./my-server --port 7777/udp    ${dim('your own server, from a file to an address')}`,
    `    curl -H "Authorization: $(cat ${tokenPath})" ${report.address}/processes/v3/apps/${appId}/processes/latest`,
    `    new HathoraCloud({ serverURL: '${report.address}', appId: '${appId}', hathoraDevToken: '…' })   ${dim('the official SDK')}`,
    '',
  ].join('\n')
}

export function gameAddress({ exposedPort }: ProcessV3): string {
  return exposedPort === null
    ? '-'
    : `${exposedPort.host}:${exposedPort.port} ${exposedPort.transportType}`
}

function serverState({ server }: UpReport): string {
  return server.kind === 'found'
    ? `already running, pid ${server.pid}`
    : `ready in ${server.seconds.toFixed(1)} s`
}

function gameState({ game, server, now }: UpReport): string {
  const { createdAt, startedAt } = game.process
  if (startedAt === null) return game.process.status
  if (!game.wasThere)
    return `running, connectable after ${startedAt.getTime() - createdAt.getTime()} ms`
  return `running for ${duration(now - startedAt.getTime())}${server.kind === 'started' ? ', adopted' : ''}`
}

function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h`
  return `${Math.floor(seconds / 86_400)} days`
}

function notes({ notes: given, view }: UpReport): string[] {
  const counted = 'memory limits are counted, not enforced: this user may not write cgroups'
  return view.limits === 'counted' ? [...given, counted] : [...given]
}

/** A path below the working folder as `./…`, any other in full. */
function shown(path: string, cwd: string): string {
  const below = relative(cwd, path)
  return below === '' || below.startsWith('..') ? path : `./${below}`
}
