/** `hatchery logs -f` over a network that cuts its connections. */
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { aCuttingProxy } from '../../server/test/support/cutting-proxy.ts'
import { untilStatus } from '../../server/test/support/process-life.ts'
import { onlineWithApp } from './support/online.ts'
import { start } from './support/program.ts'

test('logs -f loses and doubles no line over a cut, says so, and ends with the process', async () => {
  const { appId, cwd, env, hatchery } = await onlineWithApp()
  const { client, data, driver, url } = hatchery
  const { processId } = await client.processesV3.createProcess('Seattle', appId)
  await untilStatus(client, { appId, processId }, 'running')
  const write = (text: string): void => appendFileSync(join(data, 'logs', `${processId}.log`), text)
  const proxy = await aCuttingProxy(url)
  const far = { ...env, HATCHERY_URL: proxy.url }

  write('one\n')
  const logs = start({ cwd }, ['logs', '-f', processId, '--app', appId], far)
  await logs.until(/^one$/m)
  proxy.block()
  await logs.untilSaid(/^reconnecting…$/m)
  write('two\nthree\n')
  proxy.mend()
  await logs.until(/^three$/m)
  proxy.cut()
  write('four\n')
  driver.exit(processId, { kind: 'code', code: 0 })
  const { code, stdout, stderr } = await logs.ended()
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'one\ntwo\nthree\nfour\n' })
  expect(stderr).toContain('reconnecting…\nconnected again, no line is lost\n')
})
