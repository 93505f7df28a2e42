/** A game server that calls the API by itself, with nothing but what stands in its environment. */
import { expect, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { refusalIn } from '../support/refusal.ts'
import { textOf } from '../support/upload.ts'
import { deployed, ended, openPlayground } from './playground.ts'

/** Waits until it is said to run, says who it is, tries what it may not do, and stops itself. */
const selfish = {
  Procfile: 'server: exec "$HATCHERY_NODE" server.mjs\n',
  'server.mjs': `
import { createSocket } from 'node:dgram'
import { setTimeout as pause } from 'node:timers/promises'

const { PORT, HATHORA_APP_ID, HATHORA_PROCESS_ID } = process.env
const { HATCHERY_API_URL, HATCHERY_PROCESS_TOKEN } = process.env
const itself = '/processes/v3/apps/' + HATHORA_APP_ID + '/processes/' + HATHORA_PROCESS_ID

const call = (method, path) =>
  fetch(HATCHERY_API_URL + path, {
    method,
    headers: { authorization: 'Bearer ' + HATCHERY_PROCESS_TOKEN },
  })
const status = async () => (await (await call('GET', itself)).json()).status

process.on('SIGTERM', () => process.exit(0))
createSocket('udp4').bind(Number(PORT))
while ((await status()) !== 'running') await pause(20)
const who = await (await call('GET', '/hatchery/v1/whoami')).json()
const others = await call('GET', '/apps/v2/apps')
const token = HATCHERY_PROCESS_TOKEN
console.log(JSON.stringify({ processId: who.processId, others: others.status, token }))
console.log('stopping: ' + (await call('POST', itself + '/stop')).status)
`,
}

test('a game server of this machine reads its own record and stops itself', async () => {
  const playground = await openPlayground()
  const { cloud, hatchery } = playground
  await deployed(playground, selfish)
  const { processId } = await cloud.processesV3.createProcess('Seattle')
  const process = await ended(playground, processId)
  expect(process).toMatchObject({ status: 'stopped', summaryExitReason: 'stopped on request' })
  const log = await eventually('its log is whole', async () => {
    const text = await textOf(await cloud.logsV1.downloadLogForProcess(processId))
    return text.endsWith('\n') && text
  })
  const said = JSON.parse(log.split('\n')[0] ?? '') as { processId: string; token: string }
  expect(said).toMatchObject({ processId, others: 401 })

  const answer = await fetch(`${hatchery.url}/hatchery/v1/whoami`, {
    headers: { authorization: said.token },
  })
  expect(await refusalIn(answer)).toMatchObject({
    ...{ status: 401, code: 'unauthenticated' },
    message: `the process ${processId} has ended, and its token with it`,
  })
})
