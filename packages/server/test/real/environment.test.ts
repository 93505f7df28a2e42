/** What a game server sees of the place it runs in, told by itself in its log. */
import { expect, test } from 'vitest'
import { eventually } from '../support/eventually.ts'
import { textOf } from '../support/upload.ts'
import { candid } from './odd-servers.ts'
import { deployed, openPlayground, portOf, running, stopped } from './playground.ts'

/** The shell in the chain sets it, whatever it is given. */
const ofTheShell = ['PWD', 'OLDPWD', 'SHLVL', '_']

test('a server sees its ids, its ports and what its deployment set, and nothing else', async () => {
  const playground = await openPlayground()
  const greeting = 'two words, a "quote", an =, $HOME and `date`'
  await deployed(playground, candid, {
    env: [{ name: 'GREETING', value: greeting }],
    additionalContainerPorts: [{ name: 'query-port', port: 9, transportType: 'tcp' }],
    ...{ roomsPerProcess: 3, requestedCPU: 0.75, requestedMemoryMB: 600 },
  })
  const { logsV1, appsV2 } = playground.cloud
  const app = await appsV2.getApp(playground.appId)

  const process = await running(playground, 'Tokyo')
  const log = await eventually('it told its environment', async () => {
    const text = await textOf(await logsV1.getLogsForProcess(process.processId))
    return text.endsWith('\n') && text
  })

  const seen = Object.entries(JSON.parse(log) as Record<string, string>)
  const port = String(portOf(process))
  const queryPort = String(process.additionalExposedPorts[0]?.port)
  expect(Object.fromEntries(seen.filter(([name]) => !ofTheShell.includes(name)))).toEqual({
    ...{ PORT: port, PORT_DEFAULT: port, PORT_QUERY_PORT: queryPort },
    ...{ HATHORA_DEFAULT_PORT: port, HATHORA_QUERY_PORT_PORT: queryPort },
    HATHORA_APP_ID: playground.appId,
    HATHORA_APP_SECRET: app.appSecret,
    HATHORA_PROCESS_ID: process.processId,
    HATHORA_DEPLOYMENT_ID: process.deploymentId,
    HATHORA_BUILD_TAG: '',
    HATHORA_REGION: 'Tokyo',
    HATHORA_ROOMS_PER_PROCESS: '3',
    HATHORA_HOSTNAME: '127.0.0.1',
    HATHORA_ALLOCATED_CPU: '0.75',
    HATHORA_ALLOCATED_MEMORY_MB: '600',
    HATCHERY_PROCESS_TOKEN: expect.stringMatching(
      new RegExp(`^hathora_ps_${process.processId}_[0-9a-f]{64}$`),
    ) as string,
    HATCHERY_API_URL: playground.hatchery.url,
    HATCHERY_NODE: expect.stringMatching(/node$/) as string,
    PATH: '/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games',
    LANG: 'C.UTF-8',
    HOME: expect.stringMatching(/\/home$/) as string,
    TMPDIR: expect.stringMatching(/\/tmp$/) as string,
    USER: 'game',
    GREETING: greeting,
  })
  await stopped(playground, process.processId)
})
