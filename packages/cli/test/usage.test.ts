/** `hatchery usage` and `hatchery invoice list`, on a real server with fake processes. */
import { expect, test } from 'vitest'
import { deployedApp } from '../../server/test/support/deployed-app.ts'
import { eventually } from '../../server/test/support/eventually.ts'
import { jsonOf, online } from './support/online.ts'

test('usage shows each application with what it used, and the sum beside it', async () => {
  const { run, hatchery } = await online()
  const large = { requestedCPU: 64, requestedMemoryMB: 8192 }
  const { appId } = await deployedApp(hatchery.client, { deployment: large })
  await hatchery.client.processesV3.createProcess('Seattle', appId)
  // It takes a quarter of a second until the memory is more than nothing.
  const { code, stdout, stderr } = await eventually('it used something', async () => {
    const ended = await run('usage', '--columns', 'app,vcpu-hours,memory-gb-hours,amount')
    return !ended.stdout.includes('\t0\t0') && ended
  })
  expect({ code, stdout }).toEqual({
    ...{ code: 0, stdout: expect.stringMatching(/^arena\t0\.\d+\t0\.\d+\t0\n$/) as string },
  })
  expect(stderr).toMatch(/^\d{4}-\d{2} in all: 0\.\d+ vCPU hours, .* GB egress, 0 USD\n$/)
  // Not the one of our own clock: a month may end meanwhile.
  const month = stderr.slice(0, 7)
  expect(jsonOf(await run('usage', '--month', month, '--json'))).toMatchObject([{ appId }])
})

test('a month without usage is empty, and one that is none is refused with the help', async () => {
  const { run } = await online()
  expect(await run('usage', '--month', '2020-02')).toMatchObject({
    ...{ code: 0, stdout: '', stderr: 'no process ran in 2020-02\n' },
  })
  const refused = await run('usage', '--month', 'May')
  expect(refused.code).toBe(2)
  expect(refused.stderr).toContain('try:   hatchery usage -h')
  expect(await run('invoice', 'list')).toMatchObject({
    ...{
      code: 0,
      stdout: '',
      stderr: 'no month with usage is over yet; see this one: hatchery usage\n',
    },
  })
})
