/** The SDK in a real browser, on a page of another origin than the server. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { aFullServer } from './official/setting.ts'

const browserPath = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => existsSync(path))

/** What the page does, with `serverURL`, `appId` and `token` in its address. */
const program = `
import { ApiError, Hatchery } from './index.ts'
import { HatcheryPlayer } from './player.ts'

const { serverURL, appId, token } = Object.fromEntries(new URLSearchParams(location.search))
globalThis.run = async () => {
  const player = new HatcheryPlayer({ serverURL, appId })
  const login = await player.loginAnonymous()
  const lobby = await player.createLobby(login.token, { visibility: 'public', region: 'Seattle' })
  const { exposedPort } = await player.waitUntilConnectable(lobby.roomId)
  const hatchery = new Hatchery({ serverURL, appId, hathoraDevToken: token })
  const { processId } = await hatchery.processesV3.createProcess('Seattle')
  const { status, createdAt } = await hatchery.waitUntilRunning(processId)
  const changes = hatchery.watchProcesses()
  const next = changes.next()
  await hatchery.processesV3.stopProcess(processId)
  const changed = await next
  await changes.return()
  const refusal = await hatchery.processesV3.getProcess('no-such').catch((error) => error)
  const nameOf = (call) => call.then(() => 'answered', (error) => error.name)
  const aborted = { signal: AbortSignal.abort() }
  const nobody = { serverURL: 'http://127.0.0.1:9' }
  return {
    aborted: await nameOf(hatchery.appsV2.getApps(undefined, aborted)),
    unreachable: await nameOf(hatchery.appsV2.getApps(undefined, nobody)),
    port: exposedPort?.port, status, isDate: createdAt instanceof Date,
    changed: changed.value?.process.processId === processId,
    refused: refusal instanceof ApiError && refusal.code, requestId: typeof refusal.requestId,
  }
}
`

test(
  'plays, starts, watches and is refused in a browser',
  { timeout: 120_000 },
  async ({ skip }) => {
    if (browserPath === undefined) skip('not installed: chromium')
    const { hatchery, known } = await aFullServer()
    const page = await aPage(browserPath ?? '')
    const warnings: string[] = []
    page.on('console', (message) => void warnings.push(message.text()))
    const query = new URLSearchParams({
      ...{ serverURL: hatchery.url, appId: known.appId, token: hatchery.token },
    })
    await page.goto(`${await served()}/?${query.toString()}`)
    expect(await page.evaluate('run()')).toEqual({
      ...{ port: expect.any(Number) as number, status: 'running', isDate: true, changed: true },
      ...{ refused: 'not-found', requestId: 'string' },
      ...{ aborted: 'RequestAbortedError', unreachable: 'ConnectionError' },
    })
    expect(warnings.join('\n')).toContain('hathoraDevToken is in a browser')
    expect(warnings.join('\n')).not.toContain(hatchery.token)
  },
)

async function aPage(executablePath: string) {
  const profile = mkdtempSync(join(tmpdir(), 'hatchery-browser-'))
  onTestFinished(() => rmSync(profile, { recursive: true, force: true, maxRetries: 10 }))
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  })
  onTestFinished(() => browser.close())
  return await browser.newPage()
}

/** The address of a page with the program in it. */
async function served(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: join(import.meta.dirname, '../../client/src') },
    ...{ bundle: true, format: 'esm', platform: 'browser', write: false },
  })
  const html = `<!doctype html><title>test</title><script type="module">${outputFiles[0]?.text}</script>`
  const server = createServer((_, answer) => {
    answer.setHeader('content-type', 'text/html')
    answer.end(html)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
