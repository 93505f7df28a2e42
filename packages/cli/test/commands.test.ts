import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { aPlace, run, start } from './support/program.ts'

const ready = /"event":"server\.ready"/

test('serve says in structured lines where it is, and ends cleanly on a signal', async () => {
  const place = aPlace()
  const serve = start(place, ['serve', '--port=0'])
  const [line = ''] = (await serve.until(ready)).split('\n')
  expect(JSON.parse(line)).toMatchObject({
    event: 'server.ready',
    level: 'info',
    data: place.data,
    adopted: 0,
    address: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string,
  })
  serve.child.kill('SIGTERM')
  const { code, stdout } = await serve.ended()
  expect(code).toBe(0)
  expect(
    stdout
      .trim()
      .split('\n')
      .map((text) => (JSON.parse(text) as { event: string }).event),
  ).toContain('server.stopping')
})

test('settings come from flags over environment over file', async () => {
  const place = aPlace()
  writeFileSync(join(place.cwd, 'hatchery.yaml'), 'data: from-file\nport: 0\nregions: [One]\n')
  const fromFile = start(place, ['serve'])
  const first = await fromFile.until(ready)
  expect(first).toContain('/from-file"')
  expect(first).toContain('"regions":["One"]')
  fromFile.child.kill('SIGTERM')
  await fromFile.ended()

  const env = { HATCHERY_DATA: 'from-environment', HATCHERY_REGIONS: 'Two' }
  const fromFlags = start(place, ['serve', '--data', 'from-flag'], env)
  const second = await fromFlags.until(ready)
  expect(second).toContain('/from-flag"')
  expect(second).toContain('"regions":["Two"]')
  fromFlags.child.kill('SIGTERM')
  await fromFlags.ended()
})

test.each([
  [['serve', '--port', '70000'], '--port'],
  [['serve', '--prot', '1'], '--prot'],
  [['serve', '--ports-from', 'x'], '--ports-from'],
])('a wrong setting is refused with its name: %j', async (args, named) => {
  const { code, stderr } = await run(aPlace(), args)
  expect(code).toBe(2)
  expect(stderr).toMatch(/^error: /)
  expect(stderr).toContain(named)
  expect(stderr).toContain('try:   hatchery serve --help')
})

test('an admin token is the first one of an empty data folder and refused when the folder has another', async () => {
  const place = aPlace()
  const mine = 'my-own-admin-token-of-forty-characters-00'
  const serve = start(place, ['serve', '--port=0'], { HATCHERY_ADMIN_TOKEN: mine })
  const line = await serve.until(ready)
  const { address } = JSON.parse(line.split('\n')[0] ?? '') as { address: string }
  const answer = await fetch(`${address}/apps/v2/apps`, { headers: { authorization: mine } })
  expect(answer.status).toBe(200)
  serve.child.kill('SIGTERM')
  await serve.ended()

  const other = await run(place, ['serve', '--port=0'], { HATCHERY_ADMIN_TOKEN: `another-${mine}` })
  expect(other.code).toBe(1)
  expect(other.stderr).toContain('HATCHERY_ADMIN_TOKEN')
  expect(other.stderr).not.toContain(mine)
  const short = await run(place, ['serve'], { HATCHERY_ADMIN_TOKEN: 'short' })
  expect(short.code).toBe(2)
  expect(short.stderr).toContain('32')
})

test('a second server on the same data folder is refused with the first one’s pid and address', async () => {
  const place = aPlace()
  const first = start(place, ['serve', '--port=0'])
  const { address } = JSON.parse((await first.until(ready)).split('\n')[0] ?? '') as {
    address: string
  }
  const { code, stderr } = await run(place, ['serve', '--port=0'])
  expect(code).toBe(1)
  expect(stderr).toContain(`the server at ${address} (pid ${first.child.pid})`)
})

test('a data folder that cannot be made is named', async () => {
  const place = aPlace()
  writeFileSync(join(place.cwd, 'file'), '')
  mkdirSync(place.data)
  const { code, stderr } = await run(place, ['serve', '--data=file'])
  expect(code).toBe(1)
  expect(stderr).toContain(join(place.cwd, 'file'))
})

test.each([['--help'], ['-h'], ['help']])('hatchery %s lists the commands', async (flag) => {
  const { code, stdout } = await run(aPlace(), [flag])
  expect(code).toBe(0)
  for (const command of ['up', 'serve', 'down']) expect(stdout).toContain(`  ${command} `)
})

test.each([
  ['serve', '--help'],
  ['up', '-h'],
  ['help', 'down'],
])('hatchery %s %s lists all settings', async (...args) => {
  const { code, stdout } = await run(aPlace(), args)
  expect(code).toBe(0)
  for (const flag of ['--data', '--port', '--limits-grace-seconds']) expect(stdout).toContain(flag)
})

test('hatchery version says which it is', async () => {
  expect((await run(aPlace(), ['version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  expect((await run(aPlace(), ['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test('a wrong command gets the nearest right one', async () => {
  const { code, stderr } = await run(aPlace(), ['serv'])
  expect(code).toBe(2)
  expect(stderr).toContain('Did you mean serve?')
})
