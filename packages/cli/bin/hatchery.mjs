#!/usr/bin/env node
/**
 * The program `hatchery`. Plain JavaScript, so that an old Node can read it: then it goes on with the Node 24 that was
 * installed beside it, or says how to get one.
 */
import { existsSync, realpathSync } from 'node:fs'
import module from 'node:module'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const oldestMajor = 24
const here = fileURLToPath(import.meta.url)

if (Number(process.versions.node.split('.')[0]) >= oldestMajor) await start()
else await startWithNewerNode()

/**
 * In the clone the sources run as they are; a published package has one bundled file instead. The compile cache is in
 * our user's own folder: in Node's usual one below /tmp, any user of the machine could plant code for us to run.
 */
async function start() {
  module.enableCompileCache(join(homedir(), '.cache', 'hatchery', 'compiled'))
  endWithRunner()
  const source = new URL('../src/main.ts', import.meta.url)
  await import(existsSync(source) ? source.href : new URL('../dist/main.mjs', import.meta.url).href)
}

/** Started by run-node.mjs in a session of our own, no signal tells us that our runner was killed; its channel does. */
function endWithRunner() {
  if (!process.connected) return
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  process.channel.unref()
}

async function startWithNewerNode() {
  const node = findNode(dirname(here))
  if (node === undefined) {
    console.error(`error: hatchery needs Node ${oldestMajor} or newer; this is ${process.version}`)
    console.error(`try:   npm install --global node@${oldestMajor}`)
    process.exitCode = 2
    return
  }
  const { runNode } = await import('./run-node.mjs')
  process.exitCode = await runNode(node, [here, ...process.argv.slice(2)])
}

/** The Node that a package beside us or above brought along, unless it is the one that runs this. */
function findNode(folder) {
  const file = process.platform === 'win32' ? 'node.exe' : 'node'
  const candidate = join(folder, 'node_modules', 'node', 'bin', file)
  if (existsSync(candidate) && realpathSync(candidate) !== realpathSync(process.execPath)) {
    return candidate
  }
  const parent = dirname(folder)
  return parent === folder ? undefined : findNode(parent)
}
