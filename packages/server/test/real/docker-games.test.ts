/** Real game servers in containers FROM scratch, through the official client, each reached by its own protocol. */
import { chmodSync, cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type TestContext, describe, expect, onTestFinished, test } from 'vitest'
import { engineHindrance } from '../support/docker/engine-process.ts'
import { buildImageOf, copyBusybox, copyProgram } from '../support/docker/game-image.ts'
import { sharedEngine } from '../support/docker/shared-engine.ts'
import { textOf } from '../support/upload.ts'
import { type Game, games, missing } from './games.ts'
import {
  type Playground,
  deployed,
  openPlayground,
  portOf,
  running,
  stopped,
} from './playground.ts'

/** What a program needs beside its libraries. */
const dataOf: Readonly<Record<string, readonly string[]>> = {
  'teeworlds-server': ['maps', 'mapres'].map((name) => `/usr/share/games/teeworlds/data/${name}`),
  'freeciv-server': ['/usr/share/games/freeciv', '/etc/freeciv'],
}

describe.each(games)('$name in a container', { timeout: 120_000 }, (game) => {
  test('starts, answers a player, is logged and ends on request', async (context) => {
    const place = await withGame(game, context)
    const processes = await Promise.all([running(place), running(place)])
    const ports = processes.map(portOf)
    expect(new Set(ports).size).toBe(2)
    expect(await Promise.all(ports.map(game.ask))).toEqual([game.answer, game.answer])
    for (const { processId } of processes) {
      const end = await stopped(place, processId)
      expect(end).toMatchObject({ status: 'stopped', summaryExitReason: 'stopped on request' })
      const log = await textOf(await place.cloud.logsV1.downloadLogForProcess(processId))
      expect(log).toMatch(game.logLine)
    }
  })
})

async function withGame(game: Game, { skip }: TestContext): Promise<Playground> {
  const reason = engineHindrance() ?? missing(game)
  if (reason !== undefined) skip(reason)
  const engine = await sharedEngine()
  const name = `${game.debianPackage}:1`
  await buildImageOf(engine.client, { name, write: (to) => writeImage(game, to) })
  onTestFinished(engine.client.close)
  const place = await openPlayground('--docker', `--containers-engine=${engine.url}`)
  const { transportType } = game
  await deployed(place, { Dockerfile: `FROM ${name}\n` }, { transportType, requestedCPU: 2 })
  return place
}

function writeImage({ program, debianPackage, procfile }: Game, folder: string): void {
  const root = join(folder, 'root')
  copyProgram(program, { root, to: program })
  copyBusybox(join(root, 'bin'), ['sh'])
  mkdirSync(join(root, 'tmp'))
  chmodSync(join(root, 'tmp'), 0o1777)
  for (const path of dataOf[debianPackage] ?? []) {
    mkdirSync(join(root, dirname(path)), { recursive: true })
    cpSync(path, join(root, path), { recursive: true, dereference: true })
  }
  const command = JSON.stringify([
    '/bin/sh',
    '-c',
    `exec ${procfile.trim().slice('server: '.length)}`,
  ])
  const dockerfile = [
    ...['FROM scratch', 'COPY root /', 'ENV PATH=/usr/games HOME=/tmp'],
    // Freeciv refuses to be root.
    ...['USER 1000:1000', `CMD ${command}`, ''],
  ]
  writeFileSync(join(folder, 'Dockerfile'), dockerfile.join('\n'))
}
