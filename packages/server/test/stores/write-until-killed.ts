/** A program for the kill test: writes to the store of its argument as fast as it can and says what was answered. */
import { writeSync } from 'node:fs'
import { systemClock } from '../../src/domain/clock.ts'
import { openSqliteStore } from '../../src/stores/sqlite.ts'
import { aDemand, aNewProcess, end, fill, run } from '../conformance/stores/records.ts'

const [file = '', round = ''] = process.argv.slice(2)
const store = await openSqliteStore({ file, clock: systemClock })
if ((await store.findFirstOrganization()) === undefined) await fill(store)

const range = { from: 20_000, to: 20_999 }
const regions = ['Seattle', 'London', 'Tokyo']
let made = 0

const say = (processId: string, status: string): number => writeSync(1, `${processId} ${status}\n`)

async function wholeLife(): Promise<void> {
  const count = made++
  const processId = `process-${round}-${count}`
  const region = regions[count % regions.length] ?? ''
  const process = aNewProcess({ processId, region, createdAt: Date.now() })
  await store.insertProcess(process, aDemand({ range }))
  say(processId, 'starting')
  await run(store, processId, Date.now())
  say(processId, 'running')
  if (count % 4 === 0) return
  await end(store, processId, Date.now())
  say(processId, 'stopped')
}

async function forEver(): Promise<void> {
  while (made < 3_000) await wholeLife()
}

await Promise.all(Array.from({ length: 32 }, forEver))
setInterval(() => {}, 60_000)
